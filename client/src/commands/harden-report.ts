import { counted } from '../../../shared/src/counted.js';
import type { HardenResult } from '../../../shared/src/protocol.js';

/** The server's answer without what is the protocol's own. */
type Plan = Omit<HardenResult, 'edit'>;

/** What came of one file: the plan, and what the server says of the text as it is now. */
export interface Outcome {
  readonly name: string;
  readonly plan: Plan;
  readonly now: Plan;
}

type Change = Plan['applied'][number];

/**
 * The planned changes that were made, and those that the user took out in the preview: it does not tell which, but they are
 * open still, be it in other words.
 */
function sorted({ plan, now }: Outcome): { readonly done: readonly Change[]; readonly leftOut: readonly Change[] } {
  if (now === plan) return { done: [], leftOut: plan.applied };
  const exactly = without(plan.applied, now.applied, ({ rule, title }) => `${rule} ${title}`);
  const { rest } = without(exactly.rest, exactly.others, ({ rule }) => rule);
  const done = new Set(rest);
  return { done: rest, leftOut: plan.applied.filter(change => !done.has(change)) };
}

/** What of `all` is left when each of `taken` takes one with the same key along, and those of `taken` that found none. */
function without(
  all: readonly Change[],
  taken: readonly Change[],
  keyOf: (change: Change) => string,
): { readonly rest: readonly Change[]; readonly others: readonly Change[] } {
  const waiting = new Map<string, Change[]>();
  for (const change of taken) {
    const same = waiting.get(keyOf(change));
    if (same) same.push(change);
    else waiting.set(keyOf(change), [change]);
  }
  const rest = all.filter(change => waiting.get(keyOf(change))?.pop() === undefined);
  return { rest, others: [...waiting.values()].flat() };
}

const made = (outcome: Outcome): number => sorted(outcome).done.length;

/** Practices without an open finding. What counts now is what is open now, not what could still be. */
const followedBefore = ({ plan }: Outcome): number =>
  plan.practices - plan.scores.filter(({ before }) => before > 0).length;
const followedNow = (outcome: Outcome): number =>
  outcome.now.practices - outcome.now.scores.filter(({ before }) => before > 0).length - (isUntried(outcome) ? 1 : 0);

/** A user was added, and nobody has started the container as that one yet. */
const isUntried = (outcome: Outcome): boolean =>
  sorted(outcome).done.some(({ rule }) => rule === 'final-stage-runs-as-root');

const score = (outcome: Outcome): string =>
  `It follows ${followedNow(outcome)} of ${outcome.now.practices} practices${isUntried(outcome) ? ', and one more once you have tried the new user' : ''}; before, ${followedBefore(outcome)}.`;

/** The closing message: what was done, what it is worth, and what is left. */
export function summary(outcomes: readonly Outcome[]): string {
  const [only] = outcomes;
  const several = outcomes.length > 1;
  const subject = only && !several ? only.name : `${outcomes.length} Dockerfiles`;
  const named = (outcome: Outcome, text: string): string => (several ? `${outcome.name}: ${text}` : text);
  const done = outcomes.reduce((sum, outcome) => sum + made(outcome), 0);
  const open = outcomes.reduce((sum, outcome) => sum + outcome.plan.applied.length - made(outcome), 0);
  const refusals = outcomes.flatMap(one => (one.plan.refusal === undefined ? [] : named(one, one.plan.refusal)));
  const left = outcomes.flatMap(one => one.now.left.map(({ message }) => named(one, message)));
  const sentences: string[] = [];
  if (done > 0) {
    sentences.push(`Hardened ${subject}: ${count(done, 'change')}${open > 0 ? `, ${open} left out` : ''}.`);
    if (only && !several) sentences.push(score(only));
  } else if (open > 0) sentences.push(`Nothing was changed in ${subject}: ${open} left out.`);
  else if (refusals.length === 0) sentences.push(`There was nothing to change in ${subject}.`);
  sentences.push(...refusals);
  if (only?.now.kept !== undefined && !several) sentences.push(only.now.kept);
  const [first] = left;
  if (first !== undefined)
    sentences.push(`Left for you: ${first}${left.length === 1 ? '' : ` (and ${left.length - 1} more)`}`);
  if (only?.now.secondStage && !several) sentences.push(onSecondStage(only.now.secondStage));
  if (outcomes.some(outcome => made(outcome) > 0 && outcome.plan.notes.length > 0))
    sentences.push('The details say what to look at before you ship it.');
  return sentences.join(' ');
}

/** One file's part of the details, in Markdown that can be read as it is. */
export function describe(outcome: Outcome): string {
  const { name, plan, now } = outcome;
  if (plan.refusal !== undefined) return `# ${name}\n\nLeft as it is. ${plan.refusal}\n`;
  const { done, leftOut } = sorted(outcome);
  const changes = done.length;
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
  const items = (title: string, texts: readonly string[]): string[] =>
    section(
      title,
      texts.map(text => `- ${text}`),
    );
  return [
    `# ${name}`,
    '',
    `${changes > 0 ? `${count(changes, 'change')} made.` : 'Nothing changed.'} ${score(outcome)}`,
    ...(now.kept === undefined ? [] : ['', now.kept]),
    ...(now.secondStage ? ['', onSecondStage(now.secondStage)] : []),
    ...items('Done', counted(done.map(inWords))),
    ...items('Left out', counted(leftOut.map(inWords))),
    ...items(
      'Left for you to decide',
      now.left.map(({ line, message, rule }) => `Line ${line}: ${message} (${rule})`),
    ),
    ...items('Before you ship it', changes > 0 ? plan.notes : []),
    ...section('Findings by practice', table(plan, now)),
    '',
  ].join('\n');
}

const onSecondStage = (answer: NonNullable<Plan['secondStage']>): string =>
  'why' in answer ? `No second stage was added: ${answer.why}.` : 'What is built could run in a stage of its own.';

const inWords = ({ title, rule }: Change): string => `${title} (${rule})`;

function table(plan: Plan, now: Plan): readonly string[] {
  const before = new Map(plan.scores.map(score => [score.practice, score.before]));
  const after = new Map(now.scores.map(score => [score.practice, score.before]));
  const practices = [...new Set([...before.keys(), ...after.keys()])];
  if (practices.length === 0) return [];
  const width = Math.max(...practices.map(practice => practice.length));
  const row = (practice: string, one: string, other: string): string =>
    `| ${practice.padEnd(width)} | ${one.padStart(6)} | ${other.padStart(3)} |`;
  return [
    row('Practice', 'before', 'now'),
    `| ${'-'.repeat(width)} | -----: | --: |`,
    ...practices.map(practice => row(practice, `${before.get(practice) ?? 0}`, `${after.get(practice) ?? 0}`)),
  ];
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
