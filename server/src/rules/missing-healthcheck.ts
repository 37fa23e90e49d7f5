import { insertBeforeStart } from '../edits/before-start.js';
import { finalServices } from '../facts/final-services.js';
import { healthCheck } from './missing-healthcheck/health-command.js';
import { defineRule, type RuleFix } from './rule.js';

export default defineRule({
  id: 'missing-healthcheck',
  codes: ['DL3057', 'DS-0026', 'CKV_DOCKER_2'],
  summary: 'The image has no `HEALTHCHECK`.',
  rationale:
    'Without one Docker only knows whether the process is there, not whether it answers; Compose and Swarm wait for, restart and replace containers by their health. Kubernetes does not look at it and has its own probes. `HEALTHCHECK NONE` says that there is nothing to check.',
  category: 'maintainability',
  practice: 'healthcheck',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM «python:3.12-slim»\nEXPOSE 8000\nUSER 10001\n# Start it.\nCMD ["gunicorn"]\n',
        fixed:
          'FROM python:3.12-slim\nEXPOSE 8000\nUSER 10001\nHEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 \\\n    CMD ["python", "-c", "import socket; socket.create_connection((\'127.0.0.1\', 8000), 2).close()"]\n# Start it.\nCMD ["gunicorn"]\n',
      },
      {
        code: 'FROM «alpine:3.22»\nENTRYPOINT ["/app"]\nEXPOSE 80/tcp\nCOPY app /app',
        fixed:
          'FROM alpine:3.22\nENTRYPOINT ["/app"]\nEXPOSE 80/tcp\nCOPY app /app\nHEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 \\\n    CMD ["nc", "-z", "127.0.0.1", "80"]\n',
        why: 'ENTRYPOINT is before the last COPY.',
      },
      {
        code: 'FROM golang:1.25 AS build\nRUN make\nFROM «gcr.io/distroless/static-debian13»\nEXPOSE 80\nCMD ["/app"]\n',
        why: 'The image has no tool to check with.',
      },
      {
        code: 'FROM «mongo:4.4»\nCMD ["mongod"]\n',
        fixed:
          'FROM mongo:4.4\nHEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 \\\n    CMD ["mongo", "--quiet", "--eval", "db.adminCommand(\'ping\').ok"]\nCMD ["mongod"]\n',
        why: 'Older images have no mongosh.',
      },
      {
        code: 'FROM «debian:13»\nCMD ["/app"]\n',
        files: {
          'compose.yaml':
            'services:\n  web:\n    build: .\n    healthcheck: {test: ["CMD", "/app", "check"]}\n  api:\n    build: .\n',
        },
        why: 'Only one of two Compose services has a health check of its own.',
      },
      { code: 'FROM «debian:13»\nEXPOSE 80 443\nCMD ["/app"]\n', why: 'Which port to check is not known.' },
    ],
    good: [
      { code: 'FROM debian:13\nHEALTHCHECK CMD ["true"]\nCMD ["/app"]\n', why: 'There is one.' },
      { code: 'FROM debian:13\nHEALTHCHECK NONE\nCMD ["/app"]\n', why: 'There is nothing to check.' },
      {
        code: 'FROM debian:13 AS base\nHEALTHCHECK CMD ["true"]\nFROM base\nCMD ["/app"]\n',
        why: 'Inherited from a stage.',
      },
      {
        code: 'FROM debian:13 AS build\nRUN make\nFROM scratch\nCOPY --from=build /out /\n',
        why: 'Nothing runs in it.',
      },
      {
        code: 'FROM debian:13\nCMD ["/app"]\n',
        files: {
          'compose.yaml': 'services:\n  web:\n    build: .\n    healthcheck: {test: ["CMD", "/app", "check"]}\n',
        },
        why: 'The Compose service that is built from the file has one.',
      },
      {
        code: 'FROM debian:13\nCMD ["/migrate"]\n',
        files: { 'compose.yaml': 'services:\n  migrate:\n    build: .\n    restart: "no"\n' },
        why: 'The Compose service ends by itself.',
      },
    ],
  },
  stage: {},
  check({ facts, reading, report }) {
    const { final } = facts;
    const image = final?.from.instruction.from?.image;
    if (!final || !image || final.image.isFaas) return;
    const keywords = new Set(facts.lineage(final).map(({ instruction }) => instruction.keyword));
    if (keywords.has('HEALTHCHECK') || (!keywords.has('CMD') && !keywords.has('ENTRYPOINT'))) return;
    const services = reading === 'own' ? finalServices(facts) : [];
    if (services.length > 0 && services.every(service => service.needsNoHealthcheck)) return;
    const check = healthCheck(facts, final);
    const fix: RuleFix[] = check
      ? [
          {
            title: 'Add a HEALTHCHECK',
            safety: 'review',
            edits: [insertBeforeStart(facts, final, check)],
            effect: { inserts: ['HEALTHCHECK'] },
          },
        ]
      : [];
    report(final.from, {
      span: image.span,
      message:
        final.image.shell === 'none'
          ? 'The image has no HEALTHCHECK, and no shell or tools for one. Add one that runs a command of your own program.'
          : 'The image has no HEALTHCHECK, so Docker cannot tell whether the program works. Add one before CMD or ENTRYPOINT.',
      // The base image may bring one.
      ...(final.image.isKnown ? {} : { severity: 'hint' as const }),
      fixes: fix,
    });
  },
});
