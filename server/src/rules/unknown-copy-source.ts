import { isValidReference, type Placed } from '../dockerfile/index.js';
import { type FileFacts, findStage, offsetsWhere, type Stage, type StageContent } from '../facts/index.js';
import { copiesFrom, type StageReference, stageReferences } from '../facts/stage-references.js';
import { similarName } from '../text/closest.js';
import { defineRule, type Report, type RuleFix } from './rule.js';

export default defineRule({
  id: 'unknown-copy-source',
  codes: ['DL3022'],
  summary: '`COPY --from` names neither an earlier stage nor an image with a tag.',
  rationale:
    'A name that is not an earlier stage is treated as an image, so a mistyped stage makes Docker pull whatever has that name on Docker Hub. A stage that comes later, the stage itself and a number that no stage has stop the build. A named build context is fine too, but only the build command knows it.',
  category: 'correctness',
  practice: 'multi-stage',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM golang:1.25 AS build\nFROM scratch\nCOPY --from=«biuld» /app /app\n',
        fixed: 'FROM golang:1.25 AS build\nFROM scratch\nCOPY --from=build /app /app\n',
        why: 'A mistyped stage.',
      },
      {
        code: 'FROM scratch\nCOPY --from=«build» /app /app\nFROM golang:1.25 AS build\n',
        why: 'The stage comes later.',
      },
      {
        code: 'FROM scratch AS export\nCOPY --from=«build» /app /app\nFROM golang:1.25 AS build\nFROM alpine:3.22\n',
        why: 'Only a build with `--target export` and `docker build --check` stop at it: a warning.',
      },
      { code: 'FROM scratch\nCOPY --from=«0» /app /app\n', why: 'A stage has no copy of itself.' },
      {
        code: 'FROM golang:1.25\nRUN --mount=type=bind,from=«tools»,target=/tools /tools/gen\nFROM alpine:3.22 AS tools\n',
        why: 'So for a mount.',
      },
    ],
    good: [
      { code: 'FROM golang:1.25 AS build\nFROM scratch\nCOPY --from=build /app /app\n', why: 'An earlier stage.' },
      { code: 'FROM golang:1.25 AS build\nFROM scratch\nCOPY --from=0 /app /app\n', why: 'By number.' },
      { code: 'FROM scratch\nCOPY --from=docker:27.0 /usr/local/bin/docker /\n', why: 'An image with a tag.' },
      { code: 'FROM scratch\nCOPY --from=ghcr.io/astral-sh/uv /uv /bin/\n', why: 'An image of a registry.' },
      { code: 'FROM scratch\nARG SRC\nCOPY --from=$SRC /a /b\n', why: 'Only the build knows.' },
      {
        code: 'FROM alpine:3.22\nFROM alpine:3.22 AS app\nCOPY --from=app /a /b\n',
        why: 'Copying from itself is another problem.',
      },
    ],
  },
  file: { keywords: ['COPY', 'ADD', 'RUN'], words: ['from'], signs: ['flag'] },
  check({ facts, report }) {
    const copies = copiesFrom(facts);
    if (copies.length === 0 && facts.select(withMounts).length === 0) return;
    for (const reference of stageReferences(facts)) {
      if (reference.kind === 'FROM') continue;
      const found = judge(facts, reference);
      if (found) report(reference.placed, found);
    }
  },
});

const NONE: readonly number[] = [];

const withMounts = (instructions: readonly Placed[], content: StageContent | undefined): readonly number[] =>
  content?.references.length === 0
    ? NONE
    : offsetsWhere(
        instructions,
        ({ instruction }) =>
          instruction.keyword === 'RUN' && instruction.flags.some(flag => flag.value?.includes('from=') === true),
      );

/** So many stages above are looked through for a name like the one that is missing. */
const NEAR = 200;

function judge(facts: FileFacts, reference: StageReference): Report | undefined {
  const { text, span, before, kind } = reference;
  const isNumber = /^[-+]?\d+$/.test(text);
  // A mount finds stages by name alone; COPY --from also by number.
  const named = kind === 'RUN' && isNumber ? undefined : findStage(facts.stages, text);
  if (named) return named.index >= before ? notYetBuilt(facts, reference, named) : undefined;
  const action = kind === 'RUN' ? 'mounted' : 'copied from';
  if (isNumber && kind === 'COPY') {
    const { length } = facts.stages;
    const message = `There is no stage ${text}: this file has ${length === 1 ? 'one stage, number 0' : `${length} stages, numbered from 0`}. Name an earlier stage.`;
    return { span, message, severity: 'error' };
  }
  if (!isValidReference(text)) {
    const message = `“${text}” is neither a stage of this file nor a valid image name. Name the stage or image to be ${action}.`;
    return { span, message, severity: 'error', codes: [], fixes: similarStage(facts, reference).fixes };
  }
  if (/[$:/@.]/.test(text)) return undefined;
  const { guess, fixes } = similarStage(facts, reference);
  // A bare name may be an image or a context given to the build: `COPY --from=busybox`, `--build-context name=…`.
  const certain = guess !== undefined || isNumber;
  if (kind === 'RUN' && !certain) return undefined;
  return {
    span,
    message: isNumber ? `A mount finds stages by name only. Name the stage in place of ${text}.` : plain(text, guess),
    ...(certain ? {} : { severity: 'hint' as const }),
    ...(kind === 'RUN' ? { codes: [] } : {}),
    fixes,
  };
}

/** The stage itself, or a later one: BuildKit refuses both. */
function notYetBuilt(facts: FileFacts, { text, span, before, kind }: StageReference, stage: Stage): Report | undefined {
  // The name of the stage itself is another rule's.
  if (stage.index === before && stage.name === text.toLowerCase()) return undefined;
  const verb = kind === 'RUN' ? 'mount' : 'copy from';
  const what = /^\d+$/.test(text) ? `Stage ${text}` : `The stage “${text}”`;
  const codes = kind === 'RUN' ? { codes: [] } : {};
  // BuildKit does not look at a stage that the last one does not need, unless it is the target or the file is only checked.
  // Where the last stage is the one that is copied from, the order is the mistake: what is built is not what is meant.
  if (stage.index !== before && !stage.isFinal && facts.stages[before]?.isUsed === false)
    return {
      span,
      message: `${what} comes later in the file, so this stage cannot be built: only a build that does not need it goes well. Move that stage above this one.`,
      ...codes,
    };
  return {
    span,
    message:
      stage.index === before
        ? `Stage ${text} is this one, and it cannot ${verb} itself. Name an earlier stage.`
        : needs(facts, stage, before)
          ? `${what} is built from this one, so each waits for the other. Remove one of the two references.`
          : `${what} comes later in the file, and only earlier ones can be used. Move it above this one.`,
    severity: 'error',
    ...codes,
  };
}

/** Whether a stage needs another one, by FROM, COPY --from or RUN --mount=from. */
function needs(facts: FileFacts, stage: Stage, other: number): boolean {
  const seen = new Set<number>();
  const queue = [stage];
  for (let at = queue.pop(); at; at = queue.pop()) {
    if (at.index === other) return true;
    if (seen.has(at.index)) continue;
    seen.add(at.index);
    if (at.base.kind === 'stage') queue.push(at.base.stage);
    for (const name of at.content.references) {
      const found = findStage(facts.stages, name);
      if (found) queue.push(found);
    }
  }
  return false;
}

function similarStage(
  facts: FileFacts,
  { text, span, before }: StageReference,
): { readonly guess: string | undefined; readonly fixes: readonly RuleFix[] } {
  const above = facts.stages.slice(Math.max(before - NEAR, 0), Math.max(before, 0)).flatMap(stage => stage.name ?? []);
  const guess = similarName(text.toLowerCase(), above);
  if (!guess) return { guess, fixes: [] };
  return {
    guess,
    fixes: [
      {
        title: `Change to ${guess}`,
        safety: 'review',
        edits: [{ span, text: guess }],
        effect: { flags: true },
      },
    ],
  };
}

const plain = (name: string, guess?: string): string =>
  guess
    ? `No earlier stage is named “${name}”. Did you mean “${guess}”?`
    : `No earlier stage is named “${name}”. If you mean an image, add a tag.`;
