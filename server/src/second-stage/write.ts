import type { Placed } from '../dockerfile/index.js';
import type { FixEdit, RuleFix } from '../edits/fix.js';
import { attachedComments, cased, insertAbove, insertBelow } from '../edits/placing.js';
import type { FileFacts, Stage } from '../facts/index.js';
import type { Needed, Toolchain } from './types.js';

/** What a second stage is written from. */
export interface Parted {
  /** The last instruction of the build. */
  readonly end: Placed;
  /** RUNs that both stages need. */
  readonly prepared: readonly Placed[];
  readonly toolchain: Toolchain;
  readonly image: string;
  /** The RUN that installs what the image lacks. */
  readonly install: string | undefined;
  readonly needed: readonly Needed[];
}

/** Instructions about the container: they go to the second stage. */
const OF_THE_CONTAINER = new Set([
  'CMD',
  'ENTRYPOINT',
  'EXPOSE',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
]);

/** The edits that put a second stage after the build, with all that is about the container in it. */
export function written(facts: FileFacts, stage: Stage, parted: Parted): RuleFix {
  const { end, prepared, image, install, needed } = parted;
  const { from } = stage.from.instruction;
  // BuildKit keeps the names of stages in small letters.
  const name = from?.name?.text.toLowerCase() ?? 'build';
  const before = stage.instructions.filter(({ index }) => index < end.index);
  const needsAccounts = before.some(({ instruction }) => instruction.flag('chown'));
  const moved = before.filter(
    placed => OF_THE_CONTAINER.has(placed.instruction.keyword) || (prepared.includes(placed) && !needsAccounts),
  );
  const after = stage.instructions.filter(({ index }) => index > end.index);
  const repeated = repeatedIn(before, parted, [...moved, ...prepared, ...after]);
  const lines = [
    `${cased(stage, 'FROM')} ${image}`,
    ...(install === undefined ? [] : [cased(stage, 'RUN') + install.slice('RUN'.length)]),
    ...before.flatMap(placed => {
      if (moved.includes(placed)) return [withComments(facts, placed)];
      return repeated.has(placed) || prepared.includes(placed) ? [placed.instruction.text] : [];
    }),
    ...needed.map(
      one =>
        `${cased(stage, 'COPY')} --from=${name}${one.chown === undefined ? '' : ` --chown=${one.chown}`} ${quoted(one)}`,
    ),
  ];
  const [next] = after;
  const block = lines.join('\n');
  const insertion = next ? insertAbove(facts, next, block) : insertBelow(facts, end, `\n${block}`);
  const edits: FixEdit[] = [
    ...(from && !from.name
      ? [
          {
            at: stage.from,
            span: { start: from.image.span.end, end: from.image.span.end },
            text: ` ${cased(stage, 'AS')} build`,
          },
        ]
      : []),
    ...moved.map(placed => withoutIt(facts, placed)),
    { ...insertion, text: next ? gapBefore(facts, next, insertion) + insertion.text : insertion.text },
  ];
  return {
    title: `Build in a stage of its own, and run the result on ${image}`,
    safety: 'manual',
    edits,
    effect: { secondStage: true },
  };
}

/** Paths with spaces need the form of a list. */
const quoted = ({ from, to }: Needed): string => (/\s/.test(from + to) ? JSON.stringify([from, to]) : `${from} ${to}`);

/** ENV, WORKDIR and ARG of the build that the container, or an instruction of its stage, needs too. */
function repeatedIn(before: readonly Placed[], { toolchain }: Parted, later: readonly Placed[]): ReadonlySet<Placed> {
  const repeated = new Set<Placed>();
  const keyword = ({ instruction }: Placed): string => instruction.keyword;
  const workdirs = before.filter(placed => keyword(placed) === 'WORKDIR');
  const isAbsolute = (placed: Placed | undefined): boolean =>
    placed?.instruction.arguments.text.startsWith('/') ?? false;
  const last = workdirs.at(-1);
  const laterWorkdir = later.find(placed => keyword(placed) === 'WORKDIR');
  // The folder that is in force: of an absolute one the last, else all that it is made of.
  if (last && !isAbsolute(laterWorkdir)) for (const one of isAbsolute(last) ? [last] : workdirs) repeated.add(one);
  for (const placed of before) {
    const isForBuild = placed.instruction.pairs.every(
      ({ key }) => toolchain.variables.test(key) || key === 'DEBIAN_FRONTEND',
    );
    if (keyword(placed) === 'ENV' && !isForBuild) repeated.add(placed);
  }
  for (const placed of before.toReversed()) {
    if (keyword(placed) !== 'ARG') continue;
    const uses = [...repeated, ...later].map(({ instruction }) => instruction.text);
    const isUsed = placed.instruction.pairs.some(({ key }) =>
      uses.some(text => new RegExp(`\\$\\{?${key}\\b`).test(text)),
    );
    if (isUsed) repeated.add(placed);
  }
  return repeated;
}

function startOf(facts: FileFacts, placed: Placed): number {
  const { text } = facts.dockerfile;
  const [first] = attachedComments(text, placed);
  return text.lastIndexOf('\n', placed.start + (first?.start ?? 0) - 1) + 1;
}

const withComments = (facts: FileFacts, placed: Placed): string =>
  facts.dockerfile.text.slice(startOf(facts, placed), placed.start + placed.instruction.text.length).trimStart();

/** Removes an instruction with its comments, and one of the blank lines around it where it stood between two. */
function withoutIt(facts: FileFacts, placed: Placed): FixEdit {
  const { text } = facts.dockerfile;
  const start = startOf(facts, placed);
  const end = placed.start + placed.instruction.text.length;
  const newline = /^\r?\n/.exec(text.slice(end))?.[0] ?? '';
  const isAlone = /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, start));
  const blank = isAlone ? (/^[ \t]*\r?\n/.exec(text.slice(end + newline.length))?.[0] ?? '') : '';
  return {
    at: placed,
    span: { start: start - placed.start, end: end + newline.length + blank.length - placed.start },
    text: '',
  };
}

/** Stages are set apart by a blank line. */
function gapBefore(facts: FileFacts, next: Placed, { span }: FixEdit): string {
  const above = facts.dockerfile.text.slice(0, next.start + span.start);
  return /\n[ \t\r]*\n$/.test(above) ? '' : '\n';
}
