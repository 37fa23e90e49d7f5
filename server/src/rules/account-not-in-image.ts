import type { Placed } from '../dockerfile/index.js';
import { insertAbove } from '../edits/placing.js';
import { lacksUser } from '../facts/accounts/missing.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { defineRule, type RuleFix } from './rule.js';

const NAME = /^[a-z_][\w-]*$/i;

/** The USERs that a command of the stage, or the container, runs as. */
function usersInForce(stage: Stage): ReadonlySet<Placed> {
  const found = new Set<Placed>();
  let isUsed = stage.isFinal;
  for (const placed of stage.instructions.toReversed()) {
    const { keyword } = placed.instruction;
    if (keyword === 'RUN') isUsed = true;
    else if (keyword === 'USER') {
      if (isUsed) found.add(placed);
      isUsed = false;
    }
  }
  return found;
}

function userFix(facts: FileFacts, stage: Stage, placed: Placed, name: string): RuleFix[] {
  const { family } = stage.entry.image;
  if (family === 'scratch' || family === 'distroless')
    return [
      {
        title: 'Use the number 65532',
        safety: 'review',
        edits: [{ span: placed.instruction.argumentsSpan, text: '65532:65532' }],
        effect: { arguments: true },
      },
    ];
  if (facts.at(placed).user.isRoot !== true || facts.at(placed).shell.kind !== 'posix') return [];
  const run =
    family === 'alpine' || family === 'busybox'
      ? `addgroup -g 10001 ${name} && adduser -D -u 10001 -G ${name} -s /sbin/nologin ${name}`
      : `groupadd --gid 10001 ${name} && useradd --no-log-init --uid 10001 --gid 10001 --create-home --shell /usr/sbin/nologin ${name}`;
  return [
    {
      title: `Create the user ${name} above`,
      safety: 'review',
      edits: [insertAbove(facts, placed, `RUN ${run}`)],
      effect: { inserts: ['RUN'] },
    },
  ];
}

export default defineRule({
  id: 'account-not-in-image',
  codes: [],
  summary: 'USER or --chown names an account that nothing has created.',
  rationale:
    'The name is looked up in the /etc/passwd of the image. For a USER that is not there, `docker build` says nothing unless a RUN follows, and the container does not start: “unable to find user app: no matching entries in passwd file”. COPY and ADD with such a `--chown` give the files to root. A number needs no account.',
  category: 'correctness',
  practice: 'non-root-user',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nCOPY app /app\nUSER «appuser»\nCMD ["/app"]\n',
        fixed:
          'FROM alpine:3.22\nCOPY app /app\nRUN addgroup -g 10001 appuser && adduser -D -u 10001 -G appuser -s /sbin/nologin appuser\nUSER appuser\nCMD ["/app"]\n',
      },
      {
        code: 'FROM debian:13 AS build\nRUN useradd app\nFROM scratch\nCOPY --from=build /srv/app /app\nUSER «app»\nCMD ["/app"]\n',
        fixed:
          'FROM debian:13 AS build\nRUN useradd app\nFROM scratch\nCOPY --from=build /srv/app /app\nUSER 65532:65532\nCMD ["/app"]\n',
        why: 'An account of another stage is not in this one.',
      },
      {
        code: 'FROM node:24\nCOPY --chown=«app»:app . /srv/app\nRUN useradd app\nUSER app\n',
        why: 'The account is created too late.',
      },
      {
        code: 'FROM gcr.io/distroless/static-debian13\nCOPY app /app\nUSER «app»\n',
        fixed: 'FROM gcr.io/distroless/static-debian13\nCOPY app /app\nUSER 65532:65532\n',
      },
    ],
    good: [
      { code: 'FROM node:24\nUSER node\n', why: 'The image has it.' },
      { code: 'FROM alpine:3.22\nRUN adduser -D app\nUSER app\n', why: 'It is created.' },
      { code: 'FROM scratch\nUSER 1000\n', why: 'A number needs no account.' },
      {
        code: 'FROM debian:13\nRUN apt-get update && apt-get install -y --no-install-recommends postgresql\nUSER postgres\n',
        why: 'The package creates it.',
      },
      { code: 'FROM scratch\nCOPY passwd /etc/passwd\nUSER app\n', why: 'The file may have it.' },
      { code: 'FROM debian:13\nCOPY setup.sh /\nRUN /setup.sh\nUSER app\n', why: 'The script may create it.' },
      { code: 'FROM registry.example.com/base\nUSER app\n', why: 'Nothing is known of the image.' },
      { code: 'FROM debian:13\nARG NAME\nUSER $NAME\n', why: 'Only the build knows the name.' },
    ],
  },
  reading: 'own',
  stage: { keywords: ['USER', 'COPY', 'ADD'] },
  check({ facts, report }) {
    for (const stage of facts.stages) {
      if (stage.from.instruction.from?.image.text.startsWith('$') || !stage.entry.image.accounts?.complete) continue;
      const inForce = usersInForce(stage);
      for (const placed of stage.instructions) {
        const { instruction } = placed;
        if (instruction.keyword === 'USER') {
          const span = instruction.argumentsSpan;
          const [name = '', group] = instruction.arguments.text.trim().split(':');
          if (!NAME.test(name) || name === 'root' || (group !== undefined && !/^[\w-]+$/.test(group))) continue;
          // It is looked up when something runs, so it may be created below.
          if (!inForce.has(placed) || !lacksUser(facts, stage, name)) continue;
          report(placed, {
            span: { start: span.start, end: span.start + name.length },
            message: `Nothing creates the user \`${name}\`, so the container does not start (“unable to find user”). Create it first, or use a numeric ID.`,
            fixes: group === undefined ? userFix(facts, stage, placed, name) : [],
          });
        } else if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') {
          const flag = instruction.flags.length > 0 ? instruction.flag('chown') : undefined;
          const name = flag?.value?.split(':')[0] ?? '';
          if (!flag || !NAME.test(name) || name === 'root' || !lacksUser(facts, stage, name, placed)) continue;
          const start = instruction.text.indexOf(name, flag.span.start + '--chown='.length);
          report(placed, {
            span: { start, end: start + name.length },
            message: `Nothing above creates the user \`${name}\`, so these files belong to root. Create it first, or use a numeric ID.`,
            severity: 'warning',
          });
        }
      }
    }
  },
});
