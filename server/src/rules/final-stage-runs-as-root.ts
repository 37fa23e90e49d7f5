import { lastWork } from '../edits/before-start.js';
import { finalServices } from '../facts/final-services.js';
import { type FileFacts, isRootName, type Stage } from '../facts/index.js';
import { perLineage } from '../facts/per-lineage.js';
import { hasStartCommand } from '../facts/programs/start-commands.js';
import { rootBase } from '../facts/root-base.js';
import { saysNotShipped, userStays } from '../start/index.js';
import { hasSureFix, nonRootFixes } from './final-stage-runs-as-root/non-root-user.js';
import { obstacleTo } from './final-stage-runs-as-root/obstacles.js';
import { defineRule, type FixSafety, type Report } from './rule.js';

// One list each, by which the engine knows what it has found out about them.
const BY_USER = ['DL3002', 'DS-0002', 'CKV_DOCKER_8'];
const BY_IMAGE = ['DS-0002', 'CKV_DOCKER_3'];

export default defineRule({
  id: 'final-stage-runs-as-root',
  codes: ['DL3002', 'DS-0002', 'CKV_DOCKER_3', 'CKV_DOCKER_8'],
  summary: 'The container runs as root.',
  rationale:
    'Root in the container is root for the kernel: a hole in the program, or a file mounted into the container, then gives away more than it has to. Install and copy as root, and switch to a user without rights right before what runs. The code stays owned by root, so the program cannot change it; the fix gives the user the volumes and the directories that names, variables or a framework show to be written to. Where a script, a program or files in /root need root, the choice is left to you.',
  category: 'security',
  practice: 'non-root-user',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/best-practices/#user'],
  examples: {
    bad: [
      {
        code: 'FROM «python:3.12-slim-bookworm»\nWORKDIR /app\nCOPY . .\nEXPOSE 8000\nCMD ["gunicorn"]\n',
        fixed:
          'FROM python:3.12-slim-bookworm\nWORKDIR /app\nCOPY . .\nEXPOSE 8000\nRUN groupadd --gid 10001 app \\\n    && useradd --no-log-init --uid 10001 --gid 10001 --create-home --shell /usr/sbin/nologin app \\\n    && chown 10001:10001 /app\nUSER 10001:10001\nCMD ["gunicorn"]\n',
      },
      {
        code: 'FROM «alpine:3.22»\nCOPY app /app\n# Start it.\nCMD ["/app"]\n',
        fixed:
          'FROM alpine:3.22\nCOPY app /app\nRUN addgroup -g 10001 app && adduser -D -u 10001 -G app -s /sbin/nologin app\nUSER 10001:10001\n# Start it.\nCMD ["/app"]\n',
        why: 'Comments stay with what they are about.',
      },
      {
        code: 'FROM «node:22-bookworm-slim»\nWORKDIR /srv/app\nCOPY . .\nCMD ["node", "server.js"]\n',
        fixed:
          'FROM node:22-bookworm-slim\nWORKDIR /srv/app\nCOPY . .\nRUN chown node /srv/app\nUSER node\nCMD ["node", "server.js"]\n',
        why: 'The image has a user for it, who may write beside the program, but not change it.',
      },
      {
        code: 'FROM golang:1.25 AS build\nRUN go build\nFROM «scratch»\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]',
        fixed:
          'FROM golang:1.25 AS build\nRUN go build\nFROM scratch\nCOPY --from=build /app /app\nUSER 65532:65532\nENTRYPOINT ["/app"]',
      },
      {
        code: 'FROM «debian:13»\nRUN useradd --uid 5000 web\nENTRYPOINT ["/entry"]\nCOPY entry /entry',
        fixed: 'FROM debian:13\nRUN useradd --uid 5000 web\nENTRYPOINT ["/entry"]\nCOPY entry /entry\nUSER web\n',
        why: 'The file has created a user; the file ends without a line ending.',
      },
      {
        code: 'FROM debian:13\nRUN useradd web\nUSER web\nRUN make\nUSER «root»\nCMD ["/app"]\n',
        fixed: 'FROM debian:13\nRUN useradd web\nUSER web\nRUN make\nUSER web\nCMD ["/app"]\n',
        why: 'Nothing needs root after the switch.',
      },
      {
        code: 'FROM «debian:13»\nCOPY app /app\nVOLUME /data\nCMD ["/app"]\n',
        fixed:
          'FROM debian:13\nCOPY app /app\nRUN groupadd --gid 10001 app \\\n    && useradd --no-log-init --uid 10001 --gid 10001 --create-home --shell /usr/sbin/nologin app \\\n    && mkdir -p /data && chown 10001:10001 /data\nVOLUME /data\nUSER 10001:10001\nCMD ["/app"]\n',
        why: 'The volume must belong to the user before VOLUME names it.',
      },
      {
        code: 'FROM «node:22»\n\n# hadolint ignore=DL3025\n\n# Start it.\nCMD node server.js\n# The end.\n',
        fixed: 'FROM node:22\n\nUSER node\n# hadolint ignore=DL3025\n\n# Start it.\nCMD node server.js\n# The end.\n',
        why: 'A comment that a linter reads stays with its instruction.',
      },
      {
        code: 'FROM «debian:13»\n  COPY <<EOF /start\n#!/bin/sh\nEOF\n# The end.',
        fixed:
          'FROM debian:13\n  COPY <<EOF /start\n#!/bin/sh\nEOF\n  RUN groupadd --gid 10001 app \\\n      && useradd --no-log-init --uid 10001 --gid 10001 --create-home --shell /usr/sbin/nologin app\n  USER 10001:10001\n# The end.',
        why: 'After the body of a heredoc, indented like the rest.',
      },
      {
        code: 'FROM debian:13 AS base\nUSER «0:0»\nRUN make\nFROM base\nCMD ["/app"]\n',
        fixed:
          'FROM debian:13 AS base\nUSER 0:0\nRUN make\nFROM base\nRUN groupadd --gid 10001 app \\\n    && useradd --no-log-init --uid 10001 --gid 10001 --create-home --shell /usr/sbin/nologin app\nUSER 10001:10001\nCMD ["/app"]\n',
        why: 'The user comes from the stage below.',
      },
      {
        code: 'FROM «debian:13»\nRUN make install\nCMD ["python3"]\n',
        fixed:
          'FROM debian:13\nRUN make install\nRUN groupadd --gid 10001 app \\\n    && useradd --no-log-init --uid 10001 --gid 10001 --create-home --shell /usr/sbin/nologin app\nUSER 10001:10001\nCMD ["python3"]\n',
        why: 'Perhaps an image to build on; only an info.',
      },
      {
        code: 'FROM «postgres:18»\nCOPY init.sql /docker-entrypoint-initdb.d/\n',
        why: 'The image starts as root on purpose, so there is only advice.',
      },
    ],
    good: [
      { code: 'FROM debian:13\nRUN make\nUSER 10001\nCMD ["/app"]\n', why: 'It does not run as root.' },
      {
        code: 'FROM debian:13 AS build\nUSER root\nRUN make\nFROM gcr.io/distroless/static-debian13:nonroot\n',
        why: 'Only the final stage is run.',
      },
      { code: 'FROM debian:13\nUSER $APP_USER\n', why: 'The user is not known.' },
      { code: 'ARG BASE\nFROM $BASE\nCMD ["/app"]\n', why: 'The image is not known.' },
      {
        code: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCMD ["app.exe"]\n',
        why: 'Windows has other users.',
      },
      { code: 'FROM mcr.microsoft.com/devcontainers/base:bookworm\nRUN make\n', why: 'An image to develop in.' },
      {
        code: 'FROM debian:13\nRUN apt-get install -y gosu\nENTRYPOINT ["/docker-entrypoint.sh"]\n',
        why: 'The entrypoint gives up root by itself.',
      },
      {
        code: 'FROM golang:1.25 AS build\nRUN make\nFROM scratch\nCOPY --from=build /out /\n',
        why: 'Files to export; nothing runs.',
      },
    ],
  },
  file: {},
  check({ facts, reading, report }) {
    const { final } = facts;
    if (!final || userStays(facts, final)) return;
    const user = facts.last(final, 'USER');
    const image = final.from.instruction.from?.image;
    const verdict = verdictOn(facts, final);
    const { problem, safety } = reading === 'own' && hasOtherUser(facts) ? calmed(verdict) : verdict;
    const offer = safety === undefined ? {} : { fixesOnDemand: () => nonRootFixes(facts, final, safety) };
    if (user)
      report(user, {
        span: user.instruction.argumentsSpan,
        codes: BY_USER,
        ...problem,
        ...offer,
      });
    else if (image) report(final.from, { span: image.span, codes: BY_IMAGE, ...problem, ...offer });
  },
});

const isOpen = (stage: Stage): boolean => {
  const base = rootBase(stage);
  return base?.kind === 'image' && base.certainty === 'unknown';
};

interface Verdict {
  readonly problem: Pick<Report, 'message' | 'severity' | 'minor'>;
  /** Of the fixes, at best; undefined where none is offered. */
  readonly safety: FixSafety | undefined;
}

/** The fixes are left until somebody asks for them. */
const verdictOn = perLineage((facts, final): Verdict => {
  const { user, image } = final.exit;
  if (image.rootEntrypoint) {
    const message = `The image starts as root on purpose: ${image.rootAdvice ?? 'its entrypoint drops privileges itself'}.`;
    return { problem: { severity: 'info', minor: true, message }, safety: undefined };
  }
  if (user.isRoot === undefined) {
    const message = 'The container runs as root unless the base image sets a user. Add USER before CMD or ENTRYPOINT.';
    return { problem: { severity: 'hint', message }, safety: 'manual' };
  }
  // Without a shell and without a command it is there to be copied from, or for others to start.
  const startsByOthers = image.family === 'distroless' && !hasStartCommand(facts, final);
  const isBuilder = /^build(?:er)?(?:[-_.]|$)/.test(final.name ?? '');
  if (startsByOthers || isBuilder || saysNotShipped(facts, final)) {
    const message = 'A container started from this stage would run as root. Add USER if there is one.';
    return { problem: { severity: 'hint', message }, safety: 'manual' };
  }
  const obstacle = obstacleTo(facts, final);
  if (obstacle?.mayBreak) return { problem: asWanted(facts, final, obstacle), safety: 'manual' };
  // Which image it is may still be said, and then another fix may be the better one.
  const safety = isOpen(final) || isLastWord(facts, final) ? 'manual' : 'review';
  // Without a fix that is sure there is something to see to first.
  const message =
    safety === 'review' && hasSureFix(facts, final)
      ? 'The container runs as root. Add a USER instruction before CMD or ENTRYPOINT.'
      : 'The container runs as root. Give the files that it reads and writes to a user, then add USER before CMD or ENTRYPOINT.';
  return { problem: asWanted(facts, final, obstacle ?? { message }), safety };
});

/** Whether every Compose service that is built from the file gives its containers a user who is not root. */
function hasOtherUser(facts: FileFacts): boolean {
  const services = finalServices(facts);
  return services.length > 0 && services.every(({ isNonRoot }) => isNonRoot);
}

/** Compose takes root away; a USER in the image may not be the one that the files around the container belong to. */
function calmed({ problem, safety }: Verdict): Verdict {
  if (problem.severity === 'hint' || safety === undefined) return { problem, safety };
  const message =
    'Without the user that Compose gives it, the container runs as root. Add USER before CMD or ENTRYPOINT.';
  return { problem: { severity: 'hint', message }, safety: 'manual' };
}

/** A USER after all work on the file system serves nothing but what runs. */
function isLastWord(facts: FileFacts, final: Stage): boolean {
  const last = facts.last(final, 'USER');
  return last !== undefined && last.index > (lastWork(final)?.index ?? final.from.index);
}

/** Who writes `USER root` at the end wants it; but not where another user was in force before, and root was for the packages. */
function asWanted(
  facts: FileFacts,
  final: Stage,
  { message, severity, minor }: Verdict['problem'],
): Verdict['problem'] {
  const isOnPurpose = facts.has(final, 'USER') && !hadOther(facts, final);
  return { message, ...(severity ? { severity } : {}), minor: minor === true || isOnPurpose };
}

function hadOther(facts: FileFacts, final: Stage): boolean {
  const { defaultUser } = final.exit.image;
  if (defaultUser && !isRootName(defaultUser.name)) return true;
  return facts
    .lineage(final)
    .some(({ instruction }) => instruction.keyword === 'USER' && !isRootName(instruction.arguments.text));
}
