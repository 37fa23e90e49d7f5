import { defineRule } from './rule.js';
import { unquoted } from './support/transfer.js';

export default defineRule({
  id: 'copy-root-filesystem',
  codes: ['DL3067'],
  summary: 'A whole root file system is copied out of another stage.',
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
        code: 'FROM tonistiigi/xx:1.6.1 AS xx\nFROM alpine:3.22 AS build\nCOPY --from=xx / /\nFROM scratch\nCOPY --from=build /app /\n',
        why: 'A builder is not shipped.',
      },
    ],
  },
  on: ['COPY'],
  check({ instruction, facts, onbuild, reading, report }) {
    if (onbuild && reading === 'hadolint') return;
    const from = instruction.flag('from')?.value;
    // The documented way to get the cross-compilation helpers of tonistiigi/xx, a few scripts.
    if (!from || (reading !== 'hadolint' && /^(?:tonistiigi\/)?xx(?::|$)/.test(from))) return;
    const words = instruction.words.map(word => ({ ...word, path: unquoted(word.text) }));
    const target = words.at(-1);
    const source = words.slice(0, -1).find(word => word.path === '/');
    if (!source || target?.path !== '/') return;
    // What a builder holds is not shipped.
    if (reading !== 'hadolint' && (facts.image.family === 'scratch' || !facts.stage.inFinalImage)) return;
    report({
      span: source.span,
      message: 'Copy the paths that are needed, or build FROM that stage: this takes everything in it.',
    });
  },
});
