import type { Placed } from '../dockerfile/index.js';
import { remove } from '../edits/words.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { packageActions, packageName } from '../facts/packages/in-run.js';
import { startCommands } from '../facts/programs/start-commands.js';
import type { ShellWord } from '../shell/index.js';
import { isForDevelopment } from '../start/index.js';
import { defineRule, type FileCheck, type RuleFix } from './rule.js';

/** Packages of use to a person at a terminal only, with the names of the programs in them. */
const TOOLS: ReadonlyMap<string, readonly string[]> = new Map([
  ['vim', ['vim', 'vi']],
  ['vim-tiny', ['vim', 'vi']],
  ['vim-nox', ['vim', 'vi']],
  ['vim-minimal', ['vim', 'vi']],
  ['vim-enhanced', ['vim', 'vi']],
  ['neovim', ['nvim']],
  ['nano', ['nano']],
  ['emacs', ['emacs']],
  ['emacs-nox', ['emacs']],
  ['joe', ['joe']],
  ['mc', ['mc']],
  ['telnet', ['telnet']],
  ['inetutils-telnet', ['telnet']],
  ['tcpdump', ['tcpdump']],
  ['nmap', ['nmap', 'ncat']],
  ['gdb', ['gdb']],
  ['strace', ['strace']],
  ['ltrace', ['ltrace']],
  ['htop', ['htop']],
  ['iotop', ['iotop']],
  ['screen', ['screen']],
  ['tmux', ['tmux']],
  ['man-db', ['man', 'mandb']],
  ['openssh-server', ['sshd', 'ssh']],
]);

export default defineRule({
  id: 'interactive-tools-in-final-image',
  codes: [],
  summary: 'Editors, debuggers or remote shells are installed in the final image.',
  rationale:
    'The program never calls them, whoever breaks in will, and each has holes of its own to be patched. To look into a running container use `docker debug`, `docker exec` with a shell, or a second container that shares its namespaces (`docker run --pid=container:NAME --network=container:NAME …`, `kubectl debug`).',
  category: 'security',
  practice: 'small-images',
  severity: 'hint',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages'],
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN apt-get update && apt-get install -y «vim» python3\nCMD ["python3", "/app.py"]\n',
        fixed: 'FROM debian:13\nRUN apt-get update && apt-get install -y python3\nCMD ["python3", "/app.py"]\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache \\\n    # for the night shift\n    «strace» \\\n    tini\nENTRYPOINT ["tini", "--", "/app"]\n',
        fixed:
          'FROM alpine:3.22\nRUN apk add --no-cache \\\n    # for the night shift\n    tini\nENTRYPOINT ["tini", "--", "/app"]\n',
        why: 'Comments stay.',
      },
      {
        code: 'FROM debian:13 AS base\nRUN apt-get update && apt-get install -y «nano»\nFROM base\nCMD ["/app"]\n',
        why: 'The final image is built on this stage; nothing else is installed, so the command would have to go.',
      },
    ],
    good: [
      {
        code: 'FROM debian:13\nRUN apt-get update && apt-get install -y vim\nCMD ["bash"]\n',
        why: 'An image to work in.',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache curl tmux\nENTRYPOINT ["sleep", "infinity"]\n',
        why: 'Kept open to work in.',
      },
      {
        code: 'FROM debian:13 AS build\nRUN apt-get install -y gdb\nFROM debian:13\nCMD ["/app"]\n',
        why: 'Only the builder has it.',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache nmap\nENTRYPOINT ["nmap"]\n',
        why: 'The program itself.',
      },
      {
        code: 'FROM debian:13\nENV EDITOR=vim\nRUN apt-get install -y vim\nCMD ["/app"]\n',
        why: 'Something calls it.',
      },
      {
        code: 'FROM debian:13\nRUN apt-get install -y vim && vim +PlugInstall +qall && apt-get purge -y vim\nCMD ["/app"]\n',
        why: 'Removed again.',
      },
      { code: 'FROM debian:13\nRUN apt-get install -y vim\n', why: 'Without a command it is an image to build on.' },
      {
        code: 'FROM debian:13\nRUN apt-get install -y vim\nCOPY start.sh /\nCMD ["/start.sh"]\n',
        why: 'A script of its own may call it.',
      },
    ],
  },
  reading: 'own',
  stage: {
    words: [
      'vim',
      'neovim',
      'nano',
      'emacs',
      'joe',
      'mc',
      'telnet',
      'inetutils',
      'tcpdump',
      'nmap',
      'gdb',
      'strace',
      'ltrace',
      'htop',
      'iotop',
      'screen',
      'tmux',
      'man',
      'openssh',
    ],
  },
  check({ facts, report }) {
    for (const stage of facts.stages) {
      if (!stage.inFinalImage) continue;
      const final = stage.isFinal ? stage : facts.descendants(stage).find(descendant => descendant.isFinal);
      if (!final) continue;
      for (const placed of stage.instructions) {
        if (placed.instruction.keyword === 'RUN') reportTools(facts, final, placed, report);
      }
    }
  },
});

function reportTools(facts: FileFacts, final: Stage, placed: Placed, report: FileCheck['report']): void {
  const at = facts.at(placed);
  for (const { info, packages, uncertain } of packageActions(at, 'install')) {
    if (!info.isSystem) continue;
    for (const word of packages) {
      const name = packageName(word.value);
      const programs = word.literal ? TOOLS.get(name) : undefined;
      if (!programs) continue;
      if (!runsOwnProgram(facts, final)) return;
      if (isMentioned(facts, final, placed, word, [name, ...programs])) continue;
      const fix = packages.length > 1 && !uncertain ? leaveOut(placed, word, name) : undefined;
      report(placed, {
        span: word.span,
        message: `Nothing here uses ${name}, and it is one more program to patch and misuse. Remove it.`,
        fixes: fix ? [fix] : [],
      });
    }
  }
}

const leaveOut = (placed: Placed, word: ShellWord, name: string): RuleFix => ({
  title: `Remove ${name}`,
  safety: 'manual',
  edits: [remove(placed.instruction, word)],
  effect: { commands: true },
});

/** What keeps a container open for people to work in. */
const OPEN = /(?:^|\/)(?:(?:ba|da|a|k|z)?sh|pwsh|fish|sleep|tail)$/;

/**
 * Whether the container runs a program that is not a shell, and no script that came with it: nobody can tell what such a
 * script calls.
 */
function runsOwnProgram(facts: FileFacts, final: Stage): boolean {
  if (isForDevelopment(facts, final)) return false;
  const commands = startCommands(facts, final);
  return (
    commands.length > 0 &&
    commands.every(({ instruction }) => {
      const words = instruction.json ?? instruction.words;
      return words.every(({ text }) => !OPEN.test(text) && !/\.(?:sh|bash)$|entry-?point/i.test(text));
    })
  );
}

/** Whether anything else in the image's instructions speaks of the tool. */
function isMentioned(
  facts: FileFacts,
  final: Stage,
  placed: Placed,
  { span }: ShellWord,
  names: readonly string[],
): boolean {
  const mention = new RegExp(`(?<![\\w.-])(?:${names.join('|')})(?![\\w-])`);
  return facts.lineage(final).some(other => {
    const { text } = other.instruction;
    return mention.test(other === placed ? `${text.slice(0, span.start)} ${text.slice(span.end)}` : text);
  });
}
