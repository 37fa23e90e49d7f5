import { mayBeBrought } from '../../facts/programs/brought.js';
import { describeImage } from '../../images/index.js';
import { builtFrom } from '../dockerfile.js';
import { fixOf, replaceValue } from '../edits.js';
import { testOf } from '../health.js';
import { rowOf } from '../needs.js';
import type { Project, Service } from '../project.js';
import { defineComposeRule } from '../rule.js';
import { builds, imageOf, wordsOf } from '../service-facts.js';
import { ownServices } from '../services.js';

/** Programs that checks are made with, and that images lack. */
const ASKED = /^(?:curl|wget|nc|bash|python3?|node)$/;

function lacks(service: Service, project: Project, program: string): boolean | undefined {
  if (builds(service)) {
    const built = builtFrom(service, project);
    if (!built?.stage?.image.isKnown || mayBeBrought(built.facts, built.stage, program)) return undefined;
    return built.stage.image.lacksCommand(program);
  }
  const image = imageOf(service);
  const info = image && describeImage(image);
  return info?.isKnown ? info.lacksCommand(program) : undefined;
}

export default defineComposeRule({
  id: 'command-not-in-image',
  codes: [],
  summary: 'The health check of a service calls a program that its image does not have.',
  rationale: 'The check fails each time, so the service is never healthy, and what waits for it does not start.',
  category: 'correctness',
  practice: 'healthcheck',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    build: .\n    healthcheck:\n      «test: ["CMD", "curl", "-f", "http://localhost:3000"]»\n',
        files: { Dockerfile: 'FROM node:24-alpine\nUSER node\nCMD ["node", "a.js"]\n' },
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    build: .\n    healthcheck: {test: ["CMD", "wget", "-qO-", "http://localhost:3000"]}\n',
        why: 'BusyBox of Alpine has wget.',
        files: { Dockerfile: 'FROM node:24-alpine\nUSER node\n' },
      },
      {
        code: 'services:\n  web:\n    build: .\n    healthcheck: {test: ["CMD", "curl", "-f", "http://localhost:3000"]}\n',
        why: 'It is installed.',
        files: { Dockerfile: 'FROM node:24-alpine\nRUN apk add --no-cache curl\nUSER node\n' },
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const test = testOf(service);
      const words = test && wordsOf(test.value);
      if (!test || !words) continue;
      const isShell = words[0] === 'CMD-SHELL' || test.value.kind === 'scalar';
      const text = test.value.kind === 'scalar' ? test.value.text : words.slice(1).join(' ');
      const program = isShell ? /^\s*(\w[\w.-]*)(?=\s|$)/.exec(text)?.[1] : words[1];
      // Where one program fails, another may be asked.
      if (program === undefined || !ASKED.test(program) || /\|\|(?!\s*(?:exit|false|kill)\b)/.test(text)) continue;
      if (lacks(service, project, program) !== true) continue;
      const probe = rowOf(service)?.probe;
      const path = ['services', service.name, 'healthcheck', 'test'];
      report(test, {
        message: `The image of “${service.name}” has no \`${program}\`, so the service never becomes healthy. Use a program that the image has.`,
        fixes: () => [
          probe && fixOf(`Use ${probe[1] ?? ''}`, 'review', replaceValue(project, test.value, probe, path)),
        ],
      });
    }
  },
});
