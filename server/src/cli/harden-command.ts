import { join, resolve } from 'node:path';
import { counted } from '../../../shared/src/counted.js';
import { isComposeFile } from '../compose/index.js';
import {
  followed,
  type HardenPlan,
  type HardenWishes,
  isWorthTelling,
  PRACTICES,
  planComposeHarden,
  planHarden,
} from '../harden/index.js';
import type { LintOptions } from '../profiles/types.js';
import { lineIndex, positionAt } from '../text/line-index.js';
import type { Arguments } from './args.js';
import { filesAround } from './compose-file.js';
import { type ContextReader, contextReader } from './context.js';
import { contextChoice } from './context-choice.js';
import { diffPaths, unifiedDiff } from './diff.js';
import { saveFixed, whyNotFixed } from './fix-file.js';
import { DOCKERFILES_AND_COMPOSE, dockerfilesOf, type Input, needPaths, sourceOf } from './inputs.js';
import { type ExitCode, type Io, UsageError } from './io.js';
import { withContext, withName } from './lint-file.js';
import { configLoader, forFile, type Settled, settleFolders, withoutExcluded } from './load-config.js';
import { findingData, rangeOf } from './reporters/report.js';
import { saveReport } from './save-file.js';
import { wantsColor } from './style.js';

interface Hardened {
  readonly input: Input;
  readonly before: string;
  readonly plan: HardenPlan;
}

/** `dockwright harden`. */
export async function hardenCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const format = args.choice('format', ['text', 'json']) ?? 'text';
  const write = args.has('write');
  const wishes: HardenWishes = args.has('multi-stage') ? { multiStage: 'also' } : {};
  if (write && args.has('diff')) throw new UsageError('--diff and --write exclude each other.');
  if (write && args.value('output') !== undefined && format !== 'json')
    throw new UsageError('--write changes the files themselves: --output is for the diff, or for --format json.');
  needPaths(args.positionals, 'harden');
  const configs = configLoader(args, io);
  const found = dockerfilesOf(args.positionals, args, io, DOCKERFILES_AND_COMPOSE);
  const settled = await settleFolders(found, configs, io);
  if (!settled) return 2;
  const inputs = withoutExcluded(found, settled, args.positionals, io);
  const contexts = contextReader(contextChoice(args, io));
  const done: Hardened[] = [];
  let failed = false;
  for (const input of inputs) {
    const hardened = await hardenOne(input, settled.get(input.folder), contexts, { write, wishes });
    if ('error' in hardened) {
      failed = true;
      io.err(`dockwright: ${input.path}: ${hardened.error}\n`);
    } else done.push(hardened);
  }
  const output = args.value('output');
  const report: string[] = [];
  const show = output === undefined ? io.out : (text: string): unknown => report.push(text);
  if (format === 'json') show(`${JSON.stringify({ version: 1, files: done.map(toJson) }, undefined, 2)}\n`);
  else {
    const color = wantsColor(io) && !args.has('no-color') && output === undefined;
    const pathOf = write ? undefined : diffPaths(inputs, io);
    for (const { input, before, plan } of done) {
      if (input.kind === 'stdin' && !args.has('diff')) show(plan.after);
      else if (pathOf) show(unifiedDiff(pathOf(input), before, plan.after, color));
      // The diff stays clean for `git apply`.
      (write && input.kind !== 'stdin' ? io.out : io.err)(summary(input, plan, before, write));
    }
  }
  const unsaved = output === undefined ? undefined : saveReport(resolve(io.cwd, output), report.join(''));
  if (unsaved !== undefined) io.err(`dockwright: ${output} cannot be written: ${unsaved}\n`);
  return failed || unsaved !== undefined ? 2 : 0;
}

async function hardenOne(
  input: Input,
  ofFolder: Settled | undefined,
  contexts: ContextReader,
  { write, wishes }: { readonly write: boolean; readonly wishes: HardenWishes },
): Promise<Hardened | { readonly error: string }> {
  const read = await input.read();
  if ('error' in read) return read;
  const isCompose = isComposeFile(input.name, read.text);
  const refusal = isCompose && read.isUtf8 ? undefined : whyNotFixed(input.name, read);
  if (refusal !== undefined) return { error: `It ${refusal}` };
  if (!ofFolder) return { error: 'The file was not checked.' };
  const settled = forFile(ofFolder, sourceOf(input));
  const plan = isCompose
    ? composePlan(input, read.text, settled.options)
    : await dockerfilePlan(input, read.text, settled.options, contexts, wishes);
  const unsaved = write && input.kind === 'file' ? saveFixed(input, read.text, plan.after) : undefined;
  if (unsaved !== undefined) return { error: unsaved };
  return { input, before: read.text, plan };
}

const composePlan = ({ folder, name }: Input, text: string, options: LintOptions): HardenPlan =>
  planComposeHarden({ text, path: name, beside: filesAround(folder) }, options);

async function dockerfilePlan(
  { folder, name }: Input,
  text: string,
  options: LintOptions,
  contexts: ContextReader,
  wishes: HardenWishes,
): Promise<HardenPlan> {
  const inContext = await withContext(options, contexts, folder, name, text);
  return planHarden(text, withName(inContext, join(folder, name)), () => {}, wishes);
}

function toJson({ input, before, plan }: Hardened): object {
  const index = lineIndex(before);
  const afterIndex = lineIndex(plan.after);
  // Fixes of later rounds have other offsets, so the plan's edits tell where they changed the text before.
  const places = new Map(plan.edits.flatMap(({ span, fixes }) => fixes.map(fix => [fix, span] as const)));
  const rangeOfFix = (fix: number, { round, span }: HardenPlan['applied'][number]) => {
    const place = round === 0 ? span : (places.get(fix) ?? span);
    return { start: positionAt(index, place.start), end: positionAt(index, place.end) };
  };
  return {
    path: input.path,
    before,
    after: plan.after,
    applied: plan.applied.map((fix, at) => ({
      rule: fix.rule,
      title: fix.title,
      safety: fix.safety,
      range: rangeOfFix(at, fix),
    })),
    left: plan.left.map(finding => findingData(finding, rangeOf(afterIndex, finding))),
    ...(plan.refusal === undefined ? {} : { refusal: plan.refusal }),
  };
}

function summary(input: Input, plan: HardenPlan, before: string, write: boolean): string {
  const { refusal, applied, left, after, notes, kept, secondStage } = plan;
  if (refusal !== undefined) return `${input.path}: left as it is. ${refusal}\n`;
  const index = lineIndex(after);
  const open = left.filter(isWorthTelling);
  const hints = left.length - open.length;
  const lines = [
    after === before
      ? `${input.path}: nothing to change.`
      : `${input.path}: ${applied.length} ${applied.length === 1 ? 'change' : 'changes'}${write ? ' made' : ''}:`,
    ...(after === before ? [] : counted(applied.map(({ title, rule }) => `  ✓ ${title} [${rule}]`))),
    ...(kept === undefined ? [] : [`  ${kept}`]),
    ...(secondStage ? [`  ${onSecondStage(secondStage)}`] : []),
    ...(left.length > 0 ? ['  Left for you to decide:'] : []),
    ...open.map(
      finding => `  • line ${positionAt(index, finding.span.start).line + 1}: ${finding.message} [${finding.rule}]`,
    ),
    ...(hints > 0 ? [`  • ${hints} ${hints === 1 ? 'hint' : 'hints'}, which \`dockwright lint\` shows`] : []),
    ...(notes.length > 0 ? ['  Before you ship it:'] : []),
    ...notes.map(note => `  • ${note}`),
    ...scoreLines(plan),
  ];
  return `${lines.join('\n')}\n`;
}

const onSecondStage = (answer: NonNullable<HardenPlan['secondStage']>): string =>
  'why' in answer
    ? `No second stage was added: ${answer.why}.`
    : 'What is built could run in a stage of its own: --multi-stage adds it.';

/** Open findings by practice, and how many of the practices are followed. */
function scoreLines({ scores, applied }: HardenPlan): readonly string[] {
  const { before, after: atBest, of } = followed(scores);
  // Nobody has started it as that user yet.
  const isUntried = applied.some(({ rule }) => rule === 'final-stage-runs-as-root');
  const after = isUntried ? atBest - 1 : atBest;
  const width = Math.max(...scores.map(({ practice }) => PRACTICES[practice].length));
  const rows = scores.map(
    score => `    ${PRACTICES[score.practice].padEnd(width)}  ${String(score.before).padStart(2)} → ${score.after}`,
  );
  const rest = `${after} of ${of} practices followed${after === before ? '' : `, ${before} before`}${isUntried ? ', and one more once you have tried the new user' : ''}`;
  return rows.length === 0 ? [`  ${rest}.`] : [`  ${rest}; findings by practice, before → after:`, ...rows];
}
