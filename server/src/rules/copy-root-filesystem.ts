import { type Placed, parseReference } from '../dockerfile/index.js';
import { unquoted } from '../facts/files/transfer.js';
import { type FileFacts, findStage } from '../facts/index.js';
import { rootBase } from '../facts/root-base.js';
import { copiesFrom } from '../facts/stage-references.js';
import { describeImage, type ImageInfo } from '../images/index.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'copy-root-filesystem',
  codes: ['DL3067'],
  summary: 'The whole file system of another stage is copied.',
  rationale:
    'The layer holds everything again, with owners and links as the builder left them, and whatever it had no need to ship: compilers, caches, secrets of the build. `FROM` the other stage, or copy the paths that are needed.',
  category: 'size',
  practice: 'explicit-copy',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [{ code: 'FROM debian:13 AS build\nFROM debian:13-slim\nCOPY --from=build «/» /\n' }],
    good: [
      { code: 'FROM debian:13 AS build\nFROM debian:13-slim\nCOPY --from=build /out /\n', why: 'Only what is needed.' },
      {
        code: 'FROM debian:13 AS build\nFROM scratch\nCOPY --from=build / /\n',
        why: 'Flattening into an empty image is a known way to get one layer.',
      },
      { code: 'FROM alpine:3.22\nCOPY / /\n', why: 'From the build context.' },
      {
        code: 'FROM scratch AS files\nCOPY etc /etc\nFROM debian:13-slim\nCOPY --from=files / /\n',
        why: 'The other stage holds a few files only.',
      },
      { code: 'FROM debian:13-slim\nCOPY --from=example/overlay:3 / /\n', why: 'Nothing is known of that image.' },
      {
        code: 'FROM tonistiigi/xx:1.6.1 AS xx\nFROM alpine:3.22 AS build\nCOPY --from=xx / /\nFROM scratch\nCOPY --from=build /app /\n',
        why: 'A builder is not shipped.',
      },
    ],
  },
  file: { keywords: ['COPY', 'ADD'], words: ['from'], signs: ['flag'] },
  check({ facts, reading, report }) {
    for (const placed of copiesFrom(facts)) {
      const { instruction } = placed;
      const from = instruction.flag('from')?.value;
      if (!from) continue;
      const words = instruction.words.map(word => ({ ...word, path: unquoted(word.text) }));
      const target = words.at(-1);
      const source = words.slice(0, -1).find(word => word.path === '/');
      if (!source || target?.path !== '/') continue;
      if (reading !== 'hadolint') {
        // What a builder holds is not shipped.
        if (
          instruction.flag('exclude') ||
          facts.at(placed).image.family === 'scratch' ||
          !facts.roleOf(placed).inFinalImage
        )
          continue;
        if (!holdsSystem(facts, placed, from)) continue;
      }
      report(placed, {
        span: source.span,
        message: 'This copies everything in that stage. Copy the paths that are needed, or build FROM that stage.',
      });
    }
  },
});

/** Whether what is copied is a whole system for certain; a stage FROM scratch and many images hold a few files only. */
function holdsSystem(facts: FileFacts, placed: Placed, from: string): boolean {
  const stage = findStage(facts.stages, from, facts.stageOf(placed)?.index ?? 0);
  if (!stage) return from.includes('$') ? false : isSystem(describeImage(parseReference(from)));
  const base = rootBase(stage);
  return base?.kind === 'image' && base.certainty !== 'unknown' && !/(?:^|\/)xx$/.test(base.reference.path);
}

const isSystem = ({ family, isKnown }: ImageInfo): boolean =>
  isKnown && family !== 'scratch' && family !== 'unknown' && family !== 'distroless';
