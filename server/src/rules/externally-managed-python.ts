import type { Placed } from '../dockerfile/index.js';
import { insertAbove } from '../edits/placing.js';
import { type FileFacts, find, packageActionsOf, type Stage } from '../facts/index.js';
import type { ImageInfo } from '../images/index.js';
import type { ShellCommand, ShellScript } from '../shell/index.js';
import { defineRule } from './rule.js';

/** Releases whose Python refuses pip outside a virtual environment (PEP 668; python3.11 of Debian 12, Ubuntu 23.04, Alpine 3.19). */
const isManaged = ({ release }: ImageInfo): boolean => {
  if (!release) return false;
  const first = { debian: 12, ubuntu: 23.04, alpine: 3.19 };
  return release.version >= first[release.system];
};

const SYSTEM_PIP = /^(?:python3-pip|python3-full|py3-pip)(?:[=~<>:].*)?$/;
const ALLOWED = /^--?(?:break-system-packages|target|prefix|root|dry-run|t|python|h|help)(?:=|$)/;

/** `pip install` or `python3 -m pip install`, with the system's own Python. */
function isInstall({ base, name, args, via, top }: ShellCommand): boolean {
  if (!top || via !== undefined || name?.value.includes('/')) return false;
  const words = args.map(({ value }) => value);
  const rest = /^pip3?(?:\.\d+)?$/.test(base)
    ? words
    : /^python3?(?:\.\d+)?$/.test(base) && words[0] === '-m' && words[1] === 'pip'
      ? words.slice(2)
      : undefined;
  return rest?.find(word => !word.startsWith('-')) === 'install' && !rest.some(word => ALLOWED.test(word));
}

/** Whether the script may turn the refusal off, or use another Python. */
const escapes = ({ source, commands }: ShellScript): boolean =>
  /EXTERNALLY-MANAGED|break-system-packages|BREAK_SYSTEM_PACKAGES|virtualenv|\bvenv\b|activate|pip\.conf|\bPATH=|pyenv|conda|\buv\b/.test(
    source.text,
  ) || commands.some(({ base }) => base === 'eval');

/** Whether Python and pip are the system's: installed by its package manager, and nothing else changes where they are found. */
function usesSystemPython(facts: FileFacts, stage: Stage, until: Placed): boolean {
  let hasPip = false;
  for (const placed of facts.lineage(stage)) {
    if (placed.index > until.index) break;
    const { instruction } = placed;
    if (instruction.keyword === 'ENV' && /PATH|BREAK_SYSTEM_PACKAGES|PIP_CONFIG|VIRTUAL_ENV/.test(instruction.text))
      return false;
    if (
      (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') &&
      /--from=|pip\.conf|\.tar|python|venv/.test(instruction.text)
    )
      return false;
    if (instruction.keyword !== 'RUN') continue;
    const { script } = facts.at(placed);
    if (!script || script.errors.length > 0 || escapes(script)) return false;
    hasPip ||= script.commands.some(
      command => packageActionsOf(command)?.packages.some(({ value }) => SYSTEM_PIP.test(value)) === true,
    );
  }
  return hasPip;
}

export default defineRule({
  id: 'externally-managed-python',
  codes: [],
  summary: 'pip installs into a Python that the distribution manages.',
  rationale:
    'Since Debian 12, Ubuntu 23.04 and Alpine 3.19, pip refuses to install into the system’s Python: “error: externally-managed-environment”. Use a virtual environment, the distribution’s own python3-… packages, an image such as python:3.13-slim, or set PIP_BREAK_SYSTEM_PACKAGES=1, which is harmless in an image that does one thing. See https://peps.python.org/pep-0668/',
  category: 'correctness',
  practice: 'clarity',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends python3-pip && rm -rf /var/lib/apt/lists/*\nRUN «pip3 install --no-cache-dir flask==3.1.0»\n',
        fixed:
          'FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends python3-pip && rm -rf /var/lib/apt/lists/*\nENV PIP_BREAK_SYSTEM_PACKAGES=1\nRUN pip3 install --no-cache-dir flask==3.1.0\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache py3-pip && «python3 -m pip install --no-cache-dir flask==3.1.0»\n',
        fixed:
          'FROM alpine:3.22\nENV PIP_BREAK_SYSTEM_PACKAGES=1\nRUN apk add --no-cache py3-pip && python3 -m pip install --no-cache-dir flask==3.1.0\n',
      },
    ],
    good: [
      {
        code: 'FROM python:3.13-slim\nRUN pip install --no-cache-dir flask==3.1.0\n',
        why: 'This Python is the image’s own.',
      },
      {
        code: 'FROM debian:13-slim\nRUN apt-get update && apt-get install -y python3-pip python3-venv && python3 -m venv /venv && /venv/bin/pip install flask==3.1.0\n',
        why: 'A virtual environment.',
      },
      {
        code: 'FROM debian:13-slim\nENV PIP_BREAK_SYSTEM_PACKAGES=1\nRUN apt-get update && apt-get install -y python3-pip && pip3 install flask==3.1.0\n',
        why: 'It is allowed.',
      },
      {
        code: 'FROM debian:11\nRUN apt-get update && apt-get install -y python3-pip && pip3 install flask==3.1.0\n',
        why: 'Older releases have no such rule.',
      },
    ],
  },
  reading: 'own',
  stage: { keywords: ['RUN'], words: ['pip', 'pip3', 'python', 'python3'] },
  check({ facts, report }) {
    for (const stage of facts.stages) {
      if (!isManaged(stage.image) || stage.image.runtime === 'python') continue;
      for (const placed of stage.instructions) {
        if (placed.instruction.keyword !== 'RUN') continue;
        const { script, scope } = facts.at(placed);
        const command = script?.commands.find(isInstall);
        if (!command || find(scope, 'PIP_BREAK_SYSTEM_PACKAGES') || !usesSystemPython(facts, stage, placed)) continue;
        report(placed, {
          span: command.span,
          message:
            'pip refuses to install into this distribution’s Python (“externally-managed-environment”), so the build fails. Use a virtual environment, or set `PIP_BREAK_SYSTEM_PACKAGES=1`.',
          fixes: [
            {
              title: 'Insert ENV PIP_BREAK_SYSTEM_PACKAGES=1',
              safety: 'review',
              edits: [insertAbove(facts, placed, 'ENV PIP_BREAK_SYSTEM_PACKAGES=1')],
              effect: { inserts: ['ENV'] },
            },
          ],
        });
        // The variable is then set for all that follow.
        break;
      }
    }
  },
});
