import type { Placed } from '../dockerfile/index.js';
import { expand, type FileFacts, rootOf, type Stage } from '../facts/index.js';
import { launchOf, readStart } from '../start/index.js';
import { defineRule } from './rule.js';

/** By number, on Linux on x86 and arm. */
const NUMBERS: Readonly<Record<string, string>> = {
  '1': 'HUP',
  '9': 'KILL',
  '10': 'USR1',
  '12': 'USR2',
  '17': 'CHLD',
  '18': 'CONT',
  '19': 'STOP',
  '23': 'URG',
  '28': 'WINCH',
};

interface Program {
  readonly name: RegExp;
  /** What these signals make it do instead of ending. */
  readonly instead: Readonly<Record<string, string>>;
  /** The signal by which it ends in good order. */
  readonly stop: string;
}

/** As their manuals say: nginx.org/en/docs/control.html, httpd.apache.org/docs/2.4/stopping.html, php-fpm(8), docs.gunicorn.org/en/stable/signals.html, postgres(1), sshd(8), haproxy's management.txt. */
const PROGRAMS: readonly Program[] = [
  {
    name: /^(?:nginx|openresty)$/,
    instead: {
      HUP: 'reloads its settings',
      USR1: 'opens its logs anew',
      USR2: 'starts a second nginx',
      WINCH: 'stops its workers only',
    },
    stop: 'SIGQUIT',
  },
  {
    name: /^(?:httpd|apache2|apache2ctl|apachectl|httpd-foreground|apache2-foreground)$/,
    instead: { HUP: 'starts anew', USR1: 'starts anew' },
    stop: 'SIGWINCH',
  },
  { name: /^php-fpm[\d.]*$/, instead: { USR1: 'opens its logs anew', USR2: 'reloads its settings' }, stop: 'SIGQUIT' },
  {
    name: /^gunicorn$/,
    instead: {
      HUP: 'reloads the program',
      USR1: 'opens its logs anew',
      USR2: 'starts a second gunicorn',
      WINCH: 'stops its workers only',
    },
    stop: 'SIGTERM',
  },
  { name: /^postgres$/, instead: { HUP: 'reloads its settings' }, stop: 'SIGINT' },
  { name: /^sshd$/, instead: { HUP: 'starts anew' }, stop: 'SIGTERM' },
  { name: /^(?:mysqld|mariadbd)$/, instead: { HUP: 'reads its tables of rights anew' }, stop: 'SIGTERM' },
  { name: /^prometheus$/, instead: { HUP: 'reloads its settings' }, stop: 'SIGTERM' },
];

/** Official images that start the program of their name. */
const OWN_PROGRAM = /^(?:library\/)?(nginx|httpd|postgres|mysql|mariadb)$/;

export default defineRule({
  id: 'stop-signal-does-not-stop',
  codes: [],
  summary: '`STOPSIGNAL` is a signal that does not end the program.',
  rationale:
    '`docker stop` sends this signal, waits ten seconds, and kills what still runs. A program that only reloads its settings at it is killed each time, in the middle of its work; SIGSTOP pauses it until then, and SIGKILL leaves it no moment to finish.',
  category: 'correctness',
  severity: 'warning',
  since: '0.2.0',
  links: ['https://docs.docker.com/reference/dockerfile/#stopsignal'],
  examples: {
    bad: [
      {
        code: 'FROM nginx:1.29\nSTOPSIGNAL «SIGHUP»\n',
        fixed: 'FROM nginx:1.29\nSTOPSIGNAL SIGQUIT\n',
      },
      {
        code: 'FROM python:3.13-slim\nSTOPSIGNAL «1»\nCMD ["gunicorn", "app:app"]\n',
        fixed: 'FROM python:3.13-slim\nSTOPSIGNAL SIGTERM\nCMD ["gunicorn", "app:app"]\n',
      },
      {
        code: 'FROM debian:13\nSTOPSIGNAL «SIGKILL»\nCMD ["/usr/local/bin/server"]\n',
        fixed: 'FROM debian:13\nSTOPSIGNAL SIGTERM\nCMD ["/usr/local/bin/server"]\n',
      },
      {
        code: 'FROM debian:13\nSTOPSIGNAL «SIGSTOP»\nCMD ["/usr/local/bin/server"]\n',
        fixed: 'FROM debian:13\nSTOPSIGNAL SIGTERM\nCMD ["/usr/local/bin/server"]\n',
      },
    ],
    good: [
      { code: 'FROM nginx:1.29\nSTOPSIGNAL SIGQUIT\n', why: 'nginx finishes what it is at, and ends.' },
      { code: 'FROM httpd:2.4\nSTOPSIGNAL SIGWINCH\n', why: 'Apache ends in good order.' },
      { code: 'FROM debian:13\nSTOPSIGNAL SIGHUP\nCMD ["/usr/local/bin/server"]\n', why: 'It may end at it.' },
      { code: 'FROM debian:13\nSTOPSIGNAL SIGRTMIN+3\nCMD ["/sbin/init"]\n', why: 'That is how systemd ends.' },
    ],
  },
  reading: 'own',
  file: { keywords: ['STOPSIGNAL'] },
  check({ facts, report }) {
    const told = new Set<Placed>();
    for (const stage of facts.stages) {
      const placed = stage.isBase ? undefined : facts.last(stage, 'STOPSIGNAL');
      if (!placed || told.has(placed)) continue;
      const { instruction } = placed;
      const { text, certainty } = expand(
        instruction.arguments.text,
        facts.stateBefore(placed).scope,
        instruction.escape,
      );
      const signal = certainty === 'known' ? (NUMBERS[text] ?? text.toUpperCase().replace(/^SIG/, '')) : '';
      const program = programOf(facts, stage);
      const effect = effectOf(signal, program);
      if (effect === undefined) continue;
      told.add(placed);
      const better = program?.row?.stop ?? 'SIGTERM';
      report(placed, {
        span: instruction.argumentsSpan,
        message: `${effect} Use ${better}.`,
        // It does stop, and that may be what is wanted.
        ...(signal === 'KILL' ? { severity: 'hint' as const } : {}),
        fixes: [
          {
            title: `Change to ${better}`,
            safety: 'review',
            edits: [{ span: instruction.argumentsSpan, text: better }],
            effect: { arguments: true },
          },
        ],
      });
    }
  },
});

interface Started {
  readonly name: string;
  readonly row: Program | undefined;
}

/** The program that gets the signal, where that is known: the last that the start runs, or that of the image. */
function programOf(facts: FileFacts, stage: Stage): Started | undefined {
  const { entrypoint, command } = launchOf(facts, stage);
  let name: string | undefined;
  if (entrypoint || command) {
    const { steps, unread } = readStart(facts, stage);
    name = unread.length > 0 ? undefined : steps.at(-1)?.program;
  } else {
    const { base } = rootOf(stage);
    name = base.kind === 'image' && base.certainty === 'known' ? OWN_PROGRAM.exec(base.reference.path)?.[1] : undefined;
    if (name === 'mysql') name = 'mysqld';
    if (name === 'mariadb') name = 'mariadbd';
  }
  const known = name;
  return known ? { name: known, row: PROGRAMS.find(row => row.name.test(known)) } : undefined;
}

function effectOf(signal: string, program: Started | undefined): string | undefined {
  if (signal === 'KILL') return 'SIGKILL ends the program at once, with no moment to finish what it is at.';
  if (signal === 'STOP') return 'SIGSTOP only pauses the program, and docker stop kills it ten seconds later.';
  const instead = program?.row?.instead[signal];
  return instead && program
    ? `At SIG${signal}, ${program.name} ${instead}, and docker stop kills it ten seconds later.`
    : undefined;
}
