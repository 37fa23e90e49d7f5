import { type Instruction, perInstruction } from '../dockerfile/index.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { readStart } from './reading.js';

/** Tools that are there for nothing else than to start a program as another user. */
const TOOLS =
  /(?<![^\s"'/])(?:gosu|su-exec|setpriv|runuser|s6-setuidgid|s6-applyuidgid|setuidgid|chpst)(?=[\s"',;]|$)|s6-overlay/;

/** The ways of a script: `su app -c …`, `sudo -u app …`, `start-stop-daemon --chuid app`, `os.setuid(…)`. */
const IN_SCRIPT =
  /(?:^|[\s;&|("'])(?:su[ \t]+(?:-\S*[ \t]+)*["']?(?!root\b|-)[\w$]|(?:sudo|doas)[ \t]+(?:-\S+[ \t]+)*?(?:-\w*u\b|--user\b)|start-stop-daemon\b.*(?:--chuid|-c[ \t])|(?:chroot|capsh)\b.*--user(?:spec)?\b)|\bset(?:uid|resuid|euid)\(/m;

const SWITCHES = /^(?:exec\s+)?(?:\S*\/)?su(?:do)?(?:\s|$)/;

/** `uwsgi --uid www-data`, `dnsmasq --user=dnsmasq`: the program is told whom to become. */
const AS_USER = /(?:^|[\s"'])--(?:user|uid|setuid|chuid|setuidgid|drop-privileges)(?=[\s"'=,]|$)/;

/** `su app -c …`, `sudo -u app …` as what the container starts. */
function switchesUser({ json, text, arguments: args }: Instruction): boolean {
  // Most texts do not even have the letters.
  if (!text.includes('su') || (!json && !SWITCHES.test(args.text))) return false;
  const [command = '', ...rest] = json?.map(word => word.text) ?? args.text.replace(/^exec\s+/, '').split(/\s+/);
  const name = command.slice(command.lastIndexOf('/') + 1);
  if (name === 'sudo') return rest.some(word => /^(?:-u|--user(?:=.*)?)$/.test(word));
  return name === 'su' && rest.some(word => !word.startsWith('-')) && !rest.includes('root');
}

const stepsDown = perInstruction((instruction): boolean => {
  const { keyword, text } = instruction;
  switch (keyword) {
    case 'RUN':
    case 'COPY':
    case 'ADD':
    case 'ENV':
      return TOOLS.test(text) || switchesUser(instruction);
    case 'CMD':
      return TOOLS.test(text) || switchesUser(instruction) || AS_USER.test(text);
    case 'ENTRYPOINT':
      return (
        TOOLS.test(text) ||
        switchesUser(instruction) ||
        AS_USER.test(text) ||
        // The start of s6-overlay.
        instruction.words[0]?.text === '/init'
      );
    default:
      return false;
  }
});

/** Whether the file installs or runs a tool with which a program gives up root by itself. */
export function dropsPrivileges(facts: FileFacts, stage: Stage): boolean {
  return (
    readStart(facts, stage).texts.some(text => TOOLS.test(text) || IN_SCRIPT.test(text)) ||
    facts.lineage(stage).some(({ instruction }) => stepsDown(instruction))
  );
}
