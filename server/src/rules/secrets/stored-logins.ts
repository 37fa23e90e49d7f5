import type { ShellCommand, ShellScript, ShellWord } from '../../shell/index.js';
import { isPlaceholder } from './values.js';

/** A command that writes a login into a file of its own, which then stays in the layer. */
interface Store {
  readonly programs: RegExp;
  /** Matched against the arguments, parted by spaces. */
  readonly stores: RegExp;
  readonly file: RegExp;
  /** Arguments of the same program that take it away again. */
  readonly undoes: RegExp;
}

const STORES: readonly Store[] = [
  {
    programs: /^git$/,
    stores: /^config .*(?:\burl\.https?:\/\/[^ /@]+@[^ ]*\.(?:push)?insteadof |\.extraheader .*authorization)/i,
    file: /\.gitconfig$/,
    undoes: /^config .*--(?:unset(?:-all)?|remove-section)\b/,
  },
  {
    programs: /^(?:npm|pnpm|yarn)$/,
    stores: /^(?:config )?set .*(?:_authToken|_auth|_password|npmAuthToken|npmAuthIdent)[ =]./,
    file: /\.(?:npmrc|yarnrc(?:\.yml)?)$/,
    undoes: /^(?:config (?:delete|rm|unset) |logout)/,
  },
  {
    programs: /^pip[\d.]*$/,
    stores: /^config .*\bset .*(?:index-url|find-links) [^ ]*:\/\/[^ /]+@/,
    file: /pip\.conf$/,
    undoes: /^config .*unset /,
  },
  {
    programs: /^poetry$/,
    stores: /^config (?:--\S+ )*(?:http-basic|pypi-token)\.\S+ ./,
    file: /auth\.toml$/,
    undoes: /^config .*--unset/,
  },
  {
    programs: /^composer$/,
    stores: /^config (?:-\S+ )*(?:github-oauth|gitlab-token|gitlab-oauth|http-basic|bearer)\.\S+ ./,
    file: /auth\.json$/,
    undoes: /^config .*--unset/,
  },
  {
    programs: /^aws$/,
    stores: /^configure set (?:\S+ )*?aws_(?:secret_access_key|session_token) ./,
    file: /\.aws(?:\/credentials)?\/?$/,
    undoes: /(?!)/,
  },
];

/** Nearly all commands are told from their program alone. */
const PROGRAMS = new Set(['git', 'npm', 'pnpm', 'yarn', 'poetry', 'composer', 'aws']);

const argumentsOf = ({ args }: ShellCommand): string => args.map(({ value }) => value).join(' ');

/** The word with the secret; undefined for a placeholder, and for what the program itself looks up when it runs. */
function secretWord({ args }: ShellCommand): ShellWord | undefined {
  const word =
    args.find(
      ({ variables, text }) =>
        variables.some(name => /token|pass|secret|key|auth|pat/i.test(name)) || /\$\(|`/.test(text),
    ) ??
    // A password in a URL is told by its own rule.
    (args.some(({ value }) => value.includes('://')) ? undefined : args.at(-1));
  // npm reads `${NPM_TOKEN}` in single quotes itself.
  if (!word || (word.literal && /\$\{/.test(word.value))) return undefined;
  return isPlaceholder(word.value.replace(/^.*[=: ]/s, '')) ? undefined : word;
}

/** The login that a command stores permanently: nothing later in the script takes it away. */
export function storedLogin(script: ShellScript, command: ShellCommand): ShellWord | undefined {
  if (!PROGRAMS.has(command.base) && !command.base.startsWith('pip')) return undefined;
  const verb = command.args[0]?.value ?? '';
  if (!verb.startsWith('config') && !verb.startsWith('set')) return undefined;
  const text = argumentsOf(command);
  const store = STORES.find(one => one.programs.test(command.base) && one.stores.test(text));
  if (!store) return undefined;
  const isUndone = script.commands.some(
    other =>
      other.span.start > command.span.start &&
      ((store.programs.test(other.base) && store.undoes.test(argumentsOf(other))) ||
        (/^(?:rm|shred|unlink)$/.test(other.base) && other.args.some(({ value }) => store.file.test(value)))),
  );
  return isUndone ? undefined : secretWord(command);
}
