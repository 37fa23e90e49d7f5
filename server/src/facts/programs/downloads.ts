import type { ShellCommand, ShellScript, ShellWord } from '../../shell/index.js';

/** Programs that fetch what is at a URL. */
export const FETCH = /^(?:curl|wget|aria2c)$/;

const URL = /^(?:https?|ftp):\/\//i;
const CHECKS = /^(?:(?:sha(?:1|224|256|384|512)?|md5|b2)sum|shasum|gpgv?2?|cosign|minisign|signify|rhash)$/;

const baseName = (path: string): string => path.replace(/[?#].*$/, '').replace(/^.*\//, '');

/** The address of a download; undefined when it is not literal enough to be told from other words. */
const addressOf = ({ args }: ShellCommand): ShellWord | undefined => args.find(({ value }) => URL.test(value));

/** The container asks itself: nobody else decides what the answer is. */
export const isLocal = (command: ShellCommand): boolean =>
  /^https?:\/\/(?:localhost|127\.|\[::1\])/i.test(addressOf(command)?.value ?? '');

/** The name of the file that a download ends up in, without its folder; undefined for standard output. */
function savedAs(command: ShellCommand): string | undefined {
  const { base, args, redirects } = command;
  const redirect = redirects.find(({ operator }) => operator === '>' || operator === '>|')?.target;
  if (redirect) return baseName(redirect.value);
  const address = addressOf(command);
  for (const [index, { value }] of args.entries()) {
    const long = /^--(?:output|output-document|out)(?:=(.*))?$/s.exec(value);
    const short = (base === 'wget' ? /^-[a-zA-Z]*O(.*)$/s : /^-[a-zA-Z#]*o(.*)$/s).exec(value);
    const joined = long?.[1] ?? short?.[1];
    if (!long && !short) continue;
    const name = joined || args[index + 1]?.value;
    return name === undefined || name === '-' ? undefined : baseName(name);
  }
  if (!address) return undefined;
  const named = base === 'wget' || args.some(({ value }) => /^(?:-[a-zA-Z]*O[a-zA-Z]*|--remote-name)$/.test(value));
  return named ? baseName(address.value) : undefined;
}

/** Whether a later command of the script compares a checksum or signature of what a command downloads. */
export function isCheckedLater(script: ShellScript, command: ShellCommand): boolean {
  const name = FETCH.test(command.base) ? savedAs(command) : undefined;
  if (!name) return false;
  const later = script.commands.slice(script.commands.indexOf(command) + 1);
  return (
    later.some(({ base }) => CHECKS.test(base)) &&
    // `echo "abc…  /tmp/x" | sha256sum -c -`
    later.some(
      ({ base, args }) => /^(?:echo|printf)$|sum$|^gpg/.test(base) && args.some(({ value }) => value.includes(name)),
    )
  );
}

/** A command that runs, with an interpreter, a file which an earlier command of the script has downloaded and nobody has checked. */
export function runDownload(script: ShellScript, interpreter: RegExp): ShellCommand | undefined {
  const saved = new Set<string>();
  if (script.commands.some(({ base, args }) => CHECKS.test(base) || (base === 'openssl' && args[0]?.value === 'dgst')))
    return undefined;
  for (const command of script.commands) {
    if (FETCH.test(command.base)) {
      const name = isLocal(command) ? undefined : savedAs(command);
      if (name) saved.add(name);
    } else if (
      saved.size > 0 &&
      (interpreter.test(command.base) || command.base === '.' || command.base === 'source')
    ) {
      const file = command.args.find(({ value }) => !value.startsWith('-'));
      if (file && saved.has(baseName(file.value)) && !command.args.some(({ value }) => value === '-c')) return command;
    }
  }
  return undefined;
}
