import fc from 'fast-check';
import { describe, test } from 'vitest';
import { FIXTURES } from './fixtures.js';
import { dockerfile } from './generate.js';
import {
  anyOrder,
  anyOrderInEveryProfile,
  comesToRest,
  type Dice,
  editsOfARoundAreApart,
  fixesAreSound,
  hardenIsItsEdits,
  liesInside,
  type Subject,
  safeFixesKeepTheMeaning,
} from './soundness.js';

/** With FC_SCALE=1 all properties together take more than 10,000 files. */
const SCALE = Number(process.env['FC_SCALE'] ?? 0.03);
const runs = (share: number): { numRuns: number } => ({ numRuns: Math.ceil(share * SCALE) });
/** Milliseconds. Thousands of files take minutes on a busy machine, and that is not a defect. */
const TIMEOUT = 900_000;

interface Property {
  readonly name: string;
  /** How many generated files it is shown. */
  readonly share: number;
  readonly holds: (subject: Subject, dice: Dice) => void;
}

const PROPERTIES: readonly Property[] = [
  { name: 'findings lie inside the text and carry a message', share: 1500, holds: liesInside },
  {
    name: 'an offered fix parses, cures its finding, adds no error and can be undone',
    share: 1500,
    holds: fixesAreSound,
  },
  { name: 'safe fixes keep values, commands and their order', share: 1500, holds: safeFixesKeepTheMeaning },
  { name: 'fixing everything comes to rest, loses no comment, and can be repeated', share: 1500, holds: comesToRest },
  { name: 'the edits of one round are apart', share: 1000, holds: editsOfARoundAreApart },
  { name: 'safe fixes lead to one file in whatever order they are applied', share: 1500, holds: anyOrder('safe') },
  { name: 'fixes to review do so too', share: 1500, holds: anyOrder('review') },
  { name: 'and they do so under every profile', share: 100, holds: anyOrderInEveryProfile },
  { name: 'so do those of Harden', share: 500, holds: anyOrder('review', 'what Harden adds') },
  { name: 'Harden comes to rest, and its edits are its result, back and forth', share: 1000, holds: hardenIsItsEdits },
];

describe('for every Dockerfile', () => {
  for (const { name, share, holds } of PROPERTIES) {
    test(
      name,
      () => {
        fc.assert(
          fc.property(dockerfile, fc.infiniteStream(fc.nat(10_000)), (text, dice) =>
            holds({ text, options: {} }, () => dice.next().value ?? 0),
          ),
          runs(share),
        );
      },
      TIMEOUT,
    );
  }
});

/** The same numbers each time, so that a red run can be repeated. */
function diceFor(fixture: string): Dice {
  let state = [...fixture].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 2_147_483_647, 7);
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
}

describe('for every fixture', () => {
  for (const { name, holds } of PROPERTIES) {
    test(
      name,
      () => {
        const broken = FIXTURES.flatMap(fixture => {
          try {
            holds(fixture, diceFor(fixture.text));
            return [];
          } catch (error) {
            return [`${fixture.name}: ${error instanceof Error ? error.message : String(error)}\n${fixture.text}`];
          }
        });
        if (broken.length > 0) throw new Error(`${broken.length} fixtures:\n\n${broken.join('\n\n')}`);
      },
      TIMEOUT,
    );
  }
});
