import { type BuiltFrom, builtFrom, exposedPorts, textOf } from '../dockerfile.js';
import { fixOf } from '../edits.js';
import { withTarget } from '../port-edits.js';
import { portsOf, servesAny } from '../ports.js';
import { defineComposeRule } from '../rule.js';
import { environmentOf } from '../service-facts.js';
import { ownServices } from '../services.js';

const hasVariablePort = (built: BuiltFrom): boolean => /\$\{?\w*PORT/.test(textOf(built));

export default defineComposeRule({
  id: 'published-port-not-served',
  codes: [],
  summary: 'The published port is not the one that the program listens on.',
  rationale:
    'The container’s side of `ports` is the port that the program inside listens on. The Dockerfile says another one, so connections are refused.',
  category: 'correctness',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    build: .\n    ports: [«"127.0.0.1:3000:3000"»]\n',
        fixed: 'services:\n  app:\n    build: .\n    ports: ["127.0.0.1:3000:8000"]\n',
        files: { Dockerfile: 'FROM python:3.13-slim\nEXPOSE 8000\nUSER 1000\nCMD ["python", "app.py"]\n' },
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    build: .\n    ports: ["127.0.0.1:3000:8000"]\n',
        why: 'It is the one.',
        files: { Dockerfile: 'FROM python:3.13-slim\nEXPOSE 8000\nUSER 1000\n' },
      },
      {
        code: 'services:\n  app:\n    build: .\n    ports: ["127.0.0.1:3000:3000"]\n',
        why: 'The Dockerfile says nothing of ports.',
        files: { Dockerfile: 'FROM python:3.13-slim\nUSER 1000\n' },
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const built =
        service.body.entries.has('image') && !service.body.entries.has('build')
          ? undefined
          : builtFrom(service, project);
      const exposed = built && exposedPorts(built);
      if (!built || !exposed || exposed.length === 0) continue;
      if (['command', 'entrypoint', 'env_file'].some(key => service.body.entries.has(key))) continue;
      if (
        /\bPORT\b/.test(
          environmentOf(service)
            .map(({ name }) => name)
            .join(' '),
        ) ||
        hasVariablePort(built)
      )
        continue;
      const served = new Set(exposed);
      const ports = portsOf(service);
      // As soon as one of them is right, others may be served too.
      if (ports.some(port => servesAny(port, served))) continue;
      for (const port of ports) {
        if (!port.isKnown || !/^\d+$/.test(port.target)) continue;
        const [only] = exposed;
        report(port, {
          message: `The Dockerfile exposes ${exposed.join(' and ')}, not ${port.target}. Publish that port instead.`,
          fixes: () => [
            only !== undefined && exposed.length === 1 && ports.length === 1
              ? fixOf(`Publish ${only}`, 'review', withTarget(project, service, port, only))
              : undefined,
          ],
        });
      }
    }
  },
});
