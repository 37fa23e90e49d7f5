import { writtenReference } from '../edits/image-tag.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { lostCommands } from '../facts/programs/lost.js';
import { hasStartCommand } from '../facts/programs/start-commands.js';
import type { Slimmer } from '../images/index.js';
import { defineRule, type RuleFix } from './rule.js';

export default defineRule({
  id: 'slimmer-base-available',
  codes: [],
  summary: 'A smaller variant of the base image is available.',
  rationale:
    'What is not in the image cannot have holes, need updates or be downloaded. A `-slim` variant leaves out compilers, documentation and tools; Alpine and distroless variants leave out more, with differences that have to be tested: another C library, no shell. Variants without a command that the file uses are not offered.',
  category: 'size',
  practice: 'minimal-base',
  severity: 'hint',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM «python:3.12-bookworm»\nCOPY . /app\nCMD ["python", "/app/main.py"]\n',
        fixed: 'FROM python:3.12-slim-bookworm\nCOPY . /app\nCMD ["python", "/app/main.py"]\n',
      },
    ],
    good: [
      { code: 'FROM python:3.12-slim-bookworm\nCMD ["python"]\n', why: 'It is slim.' },
      {
        code: 'FROM python:3.12-bookworm AS build\nRUN make\nFROM scratch\nCOPY --from=build /a /a\n',
        why: 'Only the final image is shipped.',
      },
      { code: 'FROM example/app:1\nCMD ["python"]\n', why: 'Nothing is known of the image.' },
      { code: 'FROM python:latest\nCMD ["python"]\n', why: 'A tag has to be chosen anyway.' },
      {
        code: 'FROM node:16\nCMD ["node", "a.js"]\n',
        why: 'It gets no updates, and its smaller variants get none either.',
      },
      { code: 'FROM debian:13\nRUN make install\n', why: 'Without a command it is an image to build on or with.' },
    ],
  },
  stage: {},
  check({ facts, report }) {
    const { final } = facts;
    const image = final?.from.instruction.from?.image;
    if (!final || !image || final.base.kind !== 'image' || final.base.certainty === 'unknown') return;
    if (final.image.isSdk || final.base.reference.digest !== undefined) return;
    // Its smaller variants get no updates either; end-of-life-image offers those that do.
    if (final.image.endOfLife !== undefined) return;
    // Where a tag is still to be chosen, untagged-image and latest-tag offer slim ones.
    const { tag = 'latest' } = final.base.reference;
    if (tag === 'latest') return;
    if (!hasStartCommand(facts, final)) return;
    // What is slim already would have to change its C library or lose its shell.
    if (/slim|minimal|micro/.test(final.base.text)) return;
    const usable = final.image.slimmer.filter(slimmer => lostCommands(facts, final, slimmer.reference).length === 0);
    const [best] = usable;
    if (!best) return;
    report(final.from, {
      span: image.span,
      message: `Try ${best.reference}${best.megabytes === undefined ? '' : ` (about ${Math.round(best.megabytes)} MB compressed)`}: ${best.caution}.`,
      fixes: usable.flatMap(slimmer => replacement(facts, final, slimmer, slimmer !== best) ?? []),
    });
  },
});

/** The message tells what the best one lacks; of another one the title says what is most striking. */
function replacement(facts: FileFacts, stage: Stage, slimmer: Slimmer, isOther: boolean): RuleFix | undefined {
  const written = writtenReference(facts, stage);
  if (!written) return undefined;
  return {
    title: `Use ${slimmer.reference}${isOther ? ` (${slimmer.caution.replace(/[,;].*$/s, '')})` : ''}`,
    safety: 'manual',
    edits: [
      {
        at: written.placed,
        span: { start: written.start, end: written.start + written.reference.text.length },
        text: slimmer.reference,
      },
    ],
    effect: { arguments: true, values: true },
  };
}
