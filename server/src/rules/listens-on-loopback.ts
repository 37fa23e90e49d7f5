import type { Placed } from '../dockerfile/index.js';
import { baseName } from '../facts/files/transfer.js';
import { finalServices } from '../facts/final-services.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { isForDevelopment, launchOf, programsOf, readStart } from '../start/index.js';
import type { Span } from '../text/span.js';
import { inPlace, placeOf } from './listens-on-loopback/in-place.js';
import { type OnLoopback, onLoopback } from './listens-on-loopback/servers.js';
import { defineRule } from './rule.js';

/** What passes requests on to a server in the same container, or starts such a program. */
const PROXY =
  /\b(?:nginx|openresty|caddy|haproxy|envoy|traefik|apache2(?:ctl|-foreground)?|httpd|lighttpd|supervisord?|s6-overlay|runit|runsvdir|socat|thrust|cloudflared|ngrok|tailscaled?|autossh|openssh-server|sshd|oauth2-proxy|squid|varnish|tinyproxy|rinetd|iptables|xrdp|stunnel4?|ghostunnel|pm2|concurrently|foreman|honcho)\b/;

export default defineRule({
  id: 'listens-on-loopback',
  codes: [],
  summary: 'CMD or ENTRYPOINT starts a server that can only be reached from inside its own container.',
  rationale:
    'Many servers for development listen on 127.0.0.1 unless they are told otherwise. In a container that address is the container itself: at a published port, and from other containers, there is nothing but “connection refused” or “empty reply”. Listen on 0.0.0.0; which ports are reachable from outside is decided where they are published.',
  category: 'correctness',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM python:3.13-slim\nEXPOSE 8000\nCMD [«"uvicorn"», "app:app"]\n',
        fixed: 'FROM python:3.13-slim\nEXPOSE 8000\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0"]\n',
      },
      {
        code: 'FROM python:3.13-slim\nEXPOSE 5000\nCMD «flask --app app run»\n',
        fixed: 'FROM python:3.13-slim\nEXPOSE 5000\nCMD flask --app app run --host=0.0.0.0\n',
      },
      {
        code: 'FROM python:3.13-slim\nEXPOSE 8000\nCMD ["python", "manage.py", «"runserver"», "8000"]\n',
        fixed: 'FROM python:3.13-slim\nEXPOSE 8000\nCMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]\n',
      },
      {
        code: 'FROM php:8.4-cli\nEXPOSE 8080\nCMD [«"php"», "-S", "localhost:8080"]\n',
        fixed: 'FROM php:8.4-cli\nEXPOSE 8080\nCMD ["php", "-S", "0.0.0.0:8080"]\n',
        why: 'The address is among the arguments.',
      },
      {
        code: 'FROM python:3.13-slim\nCOPY start.sh /\nEXPOSE 5000\nCMD [«"sh"», "/start.sh"]\n',
        files: { 'start.sh': 'pip check\nexec flask run\n' },
        why: 'The script starts it.',
      },
    ],
    good: [
      {
        code: 'FROM python:3.13-slim\nEXPOSE 80\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0"]\n',
        why: 'It listens everywhere.',
      },
      {
        code: 'FROM python:3.13-slim\nENV FLASK_RUN_HOST=0.0.0.0\nEXPOSE 80\nCMD ["flask", "run"]\n',
        why: 'A variable says so.',
      },
      {
        code: 'FROM python:3.13-slim\nEXPOSE 80\nENTRYPOINT ["uvicorn"]\nCMD ["app:app", "--host", "0.0.0.0"]\n',
        why: 'CMD has the arguments.',
      },
      {
        code: 'FROM python:3.13-slim\nRUN apt-get update && apt-get install -y nginx\nEXPOSE 80\nCMD service nginx start && uvicorn app:app\n',
        why: 'nginx passes on what comes in.',
      },
      {
        code: 'FROM python:3.13-slim\nEXPOSE 80\nCMD uvicorn $OPTIONS app:app\n',
        why: 'The options may have the address.',
      },
      {
        code: 'FROM python:3.13-slim\nCMD ["uvicorn", "app:app", "--host", "127.0.0.1"]\n',
        why: 'It says so, and exposes nothing.',
      },
    ],
  },
  reading: 'own',
  file: { keywords: ['CMD', 'ENTRYPOINT'] },
  check({ facts, report }) {
    const told = new Set<Placed>();
    for (const stage of facts.stages) {
      // What a stage that is built on starts counts in the stages that are built on it.
      if (stage.isBase || !stage.image.isKnown || stage.image.family === 'windows') continue;
      const found = find(facts, stage);
      if (!found || told.has(found.placed)) continue;
      const isReached = facts.has(stage, 'EXPOSE');
      // Who writes the address and no port has a reason: other containers may share its network.
      if (found.server.isTold && !isReached) continue;
      told.add(found.placed);
      const { placed, span, server } = found;
      report(placed, {
        span,
        message: messageOf(found),
        minor: !isReached,
        fixes: found.isWrittenHere ? inPlace(facts, placed, server) : [],
      });
    }
  },
});

interface Found {
  readonly placed: Placed;
  readonly span: Span;
  readonly server: OnLoopback;
  /** The instruction itself starts it, not a script. */
  readonly isWrittenHere: boolean;
  readonly where: string;
}

function find(facts: FileFacts, stage: Stage): Found | undefined {
  const { unread, hasRoles } = readStart(facts, stage);
  if (unread.length > 0 || hasRoles) return undefined;
  const { entrypoint, command } = launchOf(facts, stage);
  // The last one is what the container is there for.
  for (const { program, args, isBackground, evidence } of programsOf(facts, stage).toReversed()) {
    const server = isBackground ? undefined : onLoopback(facts, stage, [program, ...args]);
    if (!server) continue;
    if (mayBeReached(facts, stage)) return undefined;
    const isWrittenHere = evidence.where === 'CMD' || evidence.where === 'ENTRYPOINT';
    for (const placed of [entrypoint, command]) {
      const span = placed && placeOf(facts, placed, isWrittenHere ? server.name : undefined);
      if (placed && span) return { placed, span, server, isWrittenHere, where: evidence.where };
    }
  }
  return undefined;
}

function messageOf({ server: { name, isTold, add, change }, isWrittenHere, where }: Found): string {
  const what = isWrittenHere ? name : `${name} in ${baseName(where)}`;
  const advice = add ? `Add ${add.join(' ')}.` : `Say ${change?.to} instead of ${change?.from}.`;
  return `${what} ${isTold ? 'is told to listen' : 'listens'} on 127.0.0.1, so nothing outside the container reaches it. ${advice}`;
}

/** Whether something in the container, or how it is started, leads to what listens on 127.0.0.1. */
function mayBeReached(facts: FileFacts, stage: Stage): boolean {
  if (isForDevelopment(facts, stage)) return true;
  if (stage.isFinal && finalServices(facts).some(({ startsOtherwise }) => startsOtherwise)) return true;
  const texts = facts.lineage(stage).map(({ instruction }) => instruction.text);
  return [...texts, ...readStart(facts, stage).texts].some(text => PROXY.test(text));
}
