import { lint } from '../../server/src/engine/lint.js';
import { verifyFix } from '../../server/src/fixes/index.js';
import { RULES } from '../../server/src/rules/index.js';
import type { Rule } from '../../server/src/rules/rule.js';
import { findingsOf, optionsFor } from '../../server/src/tools/rule-fixes.js';
import type { EngineRoom } from '../engine-room/room.js';
import { tail } from '../lib/execute.js';
import { type Observed, observe } from './observe.js';
import type { Expected, Proof } from './proof.js';

/** What the engines showed of a proof that held. */
export interface Proven {
  readonly proof: Proof;
  readonly before: Observed;
  readonly after: Observed;
}

/** Builds and runs the mistake and what works. @throws Error with what is not as it has to be. */
export async function prove(proof: Proof, room: EngineRoom): Promise<Proven> {
  const { dockerfile, right, files = {}, rightFiles = {}, run, platform } = proof;
  const rule = RULES.find(({ id }) => id === proof.rule);
  if (!rule) throw new Error(`There is no rule ${proof.rule}.`);
  const rightOnes = { ...files, ...rightFiles };
  const fixed = right === undefined ? fixedBy(rule, dockerfile, files) : { text: right, files: rightOnes };
  if (reported(rule, dockerfile, files).length === 0) throw new Error(`${rule.id} does not report the mistake.`);
  const left = reported(rule, fixed.text, fixed.files);
  if (left.length > 0) throw new Error(`${rule.id} reports what works: ${left[0]?.message}\n${fixed.text}`);
  const how = { ...(run ? { run } : {}), ...(platform ? { platform } : {}) };
  const before = await observe(room, { dockerfile, files, ...how }, proof.before);
  check(proof.before, before, dockerfile);
  const after = await observe(room, { dockerfile: fixed.text, files: fixed.files, ...how }, proof.after);
  check(proof.after, after, fixed.text, before);
  return { proof, before, after };
}

const reported = (rule: Rule, text: string, files: Readonly<Record<string, string>>): ReturnType<typeof findingsOf> =>
  findingsOf(rule, text, optionsFor(rule, { files }));

interface Fixed {
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
}

/** The file after the first fix of each of the rule's findings, as the command line applies them. */
function fixedBy(rule: Rule, dockerfile: string, files: Readonly<Record<string, string>>): Fixed {
  let current: Fixed = { text: dockerfile, files };
  for (let round = 0; round < 10; round++) {
    const options = optionsFor(rule, { files: current.files });
    const fix = findingsOf(rule, current.text, options)[0]?.fixes[0];
    if (!fix) break;
    let { text } = current;
    if (fix.edits.length > 0) {
      const verdict = verifyFix(lint(text, options).dockerfile, fix);
      if ('refusal' in verdict) throw new Error(`The fix “${fix.title}” is refused: ${verdict.refusal}`);
      text = verdict.text;
    }
    const { path, append } = fix.file ?? { path: undefined, append: '' };
    const more = path === undefined ? {} : { [path]: `${current.files[path] ?? ''}${append}` };
    current = { text, files: { ...current.files, ...more } };
  }
  if (current.text === dockerfile && current.files === files) throw new Error(`${rule.id} offers no fix.`);
  return current;
}

/** @throws Error unless it is as expected; `before` is what was seen with the mistake. */
function check(expected: Expected, seen: Observed, dockerfile: string, before?: Observed): void {
  if (seen.does === expected.does && holds(expected, seen, before)) return;
  throw new Error(
    [
      `${before ? 'Without' : 'With'} the mistake it has to ${JSON.stringify(expected)}; it does ${seen.does}:`,
      tail(seen.log, 15),
      dockerfile,
    ].join('\n\n'),
  );
}

function holds(expected: Expected, seen: Observed, before?: Observed): boolean {
  switch (expected.does) {
    case 'stop':
    case 'fail':
      return seen.log.includes(expected.says);
    case 'print':
    case 'turn':
    case 'stay':
    case 'halt':
      return seen.says === expected.says;
    case 'weigh':
      return before === undefined || Number(before.says) - Number(seen.says) >= expected.lessBy;
  }
}
