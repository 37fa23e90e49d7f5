import type { Placed } from '../dockerfile/index.js';
import { findStage } from '../facts/index.js';
import { stageReferences } from '../facts/stage-references.js';
import type { Span } from '../text/span.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'untrusted-registry',
  codes: ['DL3026'],
  summary: 'An image comes from a registry that is not trusted.',
  rationale:
    'Whoever controls the registry decides what runs in the build and in the image. The rule works once a list is given, as `trustedRegistries` or as `allow` of the rule; entries may begin or end with `*`, and may go on with a path (`ghcr.io/acme`). Docker Hub is `docker.io`.',
  category: 'security',
  practice: 'trusted-sources',
  severity: 'error',
  since: '0.1.0',
  options: [
    {
      name: 'allow',
      type: 'string[]',
      default: [],
      description:
        'Registries, or registries with the beginning of a path, that images may come from. `*` may be at the beginning or end.',
    },
  ],
  examples: {
    bad: [
      { code: 'FROM «evil.example.com/debian:13»\n', options: { allow: ['docker.io'] } },
      { code: 'FROM «debian:13»\n', options: { allow: ['registry.acme.com'] } },
      {
        code: 'FROM registry.acme.com/a:1\nCOPY --from=«other.com/b:1» /b /b\nRUN --mount=type=bind,from=«other.com/c:1»,target=/c ls\n',
        options: { allow: ['*.acme.com'] },
      },
      { code: 'FROM «ghcr.io/other/app:1»\n', options: { allow: ['ghcr.io/acme'] } },
    ],
    good: [
      { code: 'FROM evil.example.com/debian:13\n', why: 'No list is given.' },
      {
        code: 'FROM debian:13 AS a\nFROM a\nFROM scratch\nCOPY --from=a /a /a\nCOPY --from=0 /b /b\n',
        why: 'Stages and scratch come from nowhere.',
        options: { allow: ['docker.io'] },
      },
      {
        code: 'FROM eu.registry.acme.com/a:1\n',
        why: 'A star stands for the beginning.',
        options: { allow: ['*.acme.com'] },
      },
      { code: 'FROM ghcr.io/acme/app:1\n', why: 'The path is on the list.', options: { allow: ['ghcr.io/acme'] } },
    ],
  },
  file: {},
  check({ facts, reading, options, report }) {
    if (isEmpty(options.trustedRegistries) && isEmpty(options.allow)) return;
    const allowed = [...strings(options.trustedRegistries), ...strings(options.allow)];
    if (allowed.length === 0) return;
    const trusts = reading === 'hadolint' ? isAllowedForHadolint : isAllowed;
    const warn = (placed: Placed, text: string, span: Span): void =>
      report(placed, {
        span,
        message: `“${text}” is not from a trusted registry (${allowed.join(', ')}). Use one of these, or add its registry to the list.`,
      });
    const aliases = new Set<string>();
    for (const stage of facts.stages) {
      const parts = stage.from.instruction.from;
      if (!parts) continue;
      const text =
        stage.base.kind === 'image' && stage.base.certainty !== 'unknown' ? stage.base.text : parts.image.text;
      const isStage =
        reading === 'hadolint'
          ? aliases.has(parts.image.text)
          : stage.base.kind === 'stage' || (stage.base.kind === 'image' && stage.base.certainty === 'unknown');
      const wanted = reading === 'hadolint' ? parts.image.text : text;
      if (parts.name) aliases.add(parts.name.text);
      if (!isStage && wanted !== 'scratch' && !trusts(wanted, allowed)) warn(stage.from, wanted, parts.image.span);
    }
    // Without a FROM there is no stage to look in; hadolint reads such files too.
    const references = facts.stages.length > 0 ? stageReferences(facts) : facts.preamble.flatMap(loose);
    for (const { placed, text, span, before, kind } of references) {
      if (kind === 'FROM' || findStage(facts.stages, text, before) || /^\d+$/.test(text)) continue;
      // A bare name that is not a stage can be a build context given on the command line.
      if (reading !== 'hadolint' && !/[/:.]/.test(text)) continue;
      if (aliases.has(text) || trusts(text, allowed)) continue;
      warn(placed, text, span);
    }
  },
});

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** References of instructions before any FROM. */
function loose(placed: Placed): { placed: Placed; text: string; span: Span; before: number; kind: 'COPY' | 'RUN' }[] {
  return placed.instruction.flags.flatMap(flag => {
    const text =
      flag.name === 'from'
        ? flag.value
        : flag.name === 'mount'
          ? /(?:^|,)from=([^,]*)/.exec(flag.value ?? '')?.[1]
          : undefined;
    return text
      ? [
          {
            placed,
            text,
            span: flag.valueSpan,
            before: 0,
            kind: flag.name === 'from' ? ('COPY' as const) : ('RUN' as const),
          },
        ]
      : [];
  });
}

/** hadolint knows a registry by the dot in the first component, and compares nothing but its name. */
function isAllowedForHadolint(image: string, allowed: readonly string[]): boolean {
  const first = image.slice(0, Math.max(0, image.indexOf('/')));
  const names = first.includes('.') ? [first] : ['docker.io', 'hub.docker.com'];
  return allowed.some(pattern => names.some(name => matches(name, pattern)));
}

/** A registry is recognised by the dot in the first component; anything else is on Docker Hub. */
function isAllowed(image: string, allowed: readonly string[]): boolean {
  const slash = image.indexOf('/');
  const first = slash < 0 ? '' : image.slice(0, slash);
  const hub = !first.includes('.') && !first.includes(':') && first !== 'localhost';
  return allowed.some(pattern => {
    if (pattern === '*') return true;
    if (hub || first === 'docker.io')
      return (
        pattern === 'docker.io' || pattern === 'hub.docker.com' || isBelow(hub ? `docker.io/${image}` : image, pattern)
      );
    return matches(first, pattern) || isBelow(image, pattern);
  });
}

function matches(text: string, pattern: string): boolean {
  if (pattern.startsWith('*')) return text.endsWith(pattern.slice(1));
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

/** `ghcr.io/acme` allows `ghcr.io/acme/app`, not `ghcr.io/acmeevil/app`. */
function isBelow(image: string, pattern: string): boolean {
  if (!pattern.includes('/')) return false;
  return pattern.endsWith('*')
    ? image.startsWith(pattern.slice(0, -1))
    : image.startsWith(`${pattern.replace(/\/$/, '')}/`);
}
