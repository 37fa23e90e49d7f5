import type { ShellCommand, ShellWord } from '../../shell/index.js';
import { baseName } from '../files/transfer.js';

/**
 * Commands that put no program where the shell looks for it, whatever their arguments are. A command that is not listed may
 * do so: an installer, a script, a package manager of its own, a function.
 */
const HARMLESS: ReadonlySet<string> = new Set(
  `: true false test [ [[ echo printf cd pwd pushd popd set shopt export unset readonly local declare typeset ulimit umask
  trap exit return wait sleep read shift let expr seq yes mkdir rmdir rm touch chmod chown chgrp ls stat du df cat tac head
  tail cut tr sort uniq wc grep egrep fgrep sed awk gawk mawk find xargs basename dirname readlink realpath date id whoami
  groups hostname uname arch nproc env printenv which type command hash diff cmp comm md5sum sha1sum sha256sum sha512sum
  base64 od xxd file sync mktemp time nice nohup timeout sudo doas useradd groupadd usermod groupmod userdel groupdel
  adduser addgroup deluser delgroup passwd chpasswd getent chsh setcap getcap setfacl locale-gen localedef update-locale
  dpkg-reconfigure dpkg-query dpkg-architecture apt-mark apt-cache apt-key apt-config debconf-set-selections
  add-apt-repository update-ca-certificates update-ca-trust ldconfig openssl ssh-keygen ssh-keyscan gpg gpgconf gpgv git
  gzip gunzip bzip2 xz zip jq patch crontab strip fc-cache lsb_release ps kill pkill mvn gradle go dotnet`.split(/\s+/),
);

/** Verbs of npm, Yarn and pnpm that build a project. */
const PROJECT_VERB = /^(?:run|run-script|build|test|start|config|cache|audit|set|version)$/;

/** Whether a command that installs no packages may put a program of that name where the shell looks for it. */
export function mayPlace(command: ShellCommand, name: string): boolean {
  const { base, args, redirects } = command;
  // `cd /usr/local/bin && curl -o jq …`, `… > jq`
  if (redirects.some(({ target }) => target !== undefined && mayBeCalled(target, name))) return true;
  switch (base) {
    case 'curl':
    case 'wget':
    case 'tee':
      return args.some(word => mayBeCalled(word, name));
    case 'cp':
    case 'mv':
    case 'ln':
    case 'install':
    case 'rsync':
      return mayMove(command, name);
    case 'npm':
    case 'yarn':
    case 'pnpm':
      return !PROJECT_VERB.test(args[0]?.value ?? '');
    case '':
      // An assignment or a redirection alone.
      return command.name !== undefined;
    default:
      // `./sed` is a script, whatever its name is.
      return !HARMLESS.has(base) || /\/(?<!bin\/)[^/]*$/.test(command.name?.value ?? '');
  }
}

const mayBeCalled = (word: ShellWord, name: string): boolean => baseName(word.value) === name;

/** Options of cp, mv, ln, install and rsync whose value is the next word. */
const TAKES_VALUE =
  /^(?:-[a-zA-Z]*[tSmogex]|--(?:target-directory|suffix|mode|owner|group|exclude|include|filter|rsh))$/;

function mayMove({ args, via }: ShellCommand, name: string): boolean {
  const operands: ShellWord[] = [];
  // With xargs and `find -exec` what is moved is not in the arguments.
  let isAnything = via === 'xargs' || via === 'find';
  let folder: string | undefined;
  for (let index = 0; index < args.length; index++) {
    const word = args[index];
    if (!word) break;
    const { value } = word;
    if (!value.startsWith('-')) {
      operands.push(word);
      continue;
    }
    const joined = /^(?:--target-directory=|-t(?=.))(.*)/.exec(value)?.[1];
    if (joined !== undefined) folder = joined;
    if (/^-[a-zA-Z]*[rRad]|^--(?:recursive|archive)$/.test(value)) isAnything = true;
    if (!TAKES_VALUE.test(value)) continue;
    index++;
    if (/t$|^--target/.test(value)) folder = args[index]?.value;
  }
  const target = folder ?? operands.pop()?.value;
  // A place that only the build knows.
  if (target === undefined || /[$`*?[]/.test(target)) return true;
  const parts = target.split('/').filter(part => part !== '' && part !== '.');
  const last = parts.at(-1) ?? '';
  // The root, /usr, /usr/local or the folder that the shell is in: a tree may have a bin folder.
  if (!target.includes('/') || /^\.{1,2}(?:\/|$)/.test(target) || parts.every(part => ROOTS.has(part)))
    return last === name || parts.length === 0 || parts.every(part => ROOTS.has(part)) || last === '..' || isBin(last);
  if (isBin(last))
    return (
      isAnything || operands.some(({ value, literal }) => !literal || baseName(value) === name || /\/\.?$/.test(value))
    );
  return last === name && isBin(parts.at(-2) ?? '');
}

const ROOTS: ReadonlySet<string> = new Set(['usr', 'local']);
const isBin = (folder: string): boolean => folder === 'bin' || folder === 'sbin';
