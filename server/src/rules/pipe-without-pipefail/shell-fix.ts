import type { Placed } from '../../dockerfile/index.js';
import { insertAbove } from '../../edits/placing.js';
import type { FileFacts } from '../../facts/index.js';
import { earlierRuns, laterRuns, type RunPlace } from '../../facts/runs.js';
import { shellFacts } from '../../images/index.js';
import type { RuleFix } from '../rule.js';
import { echoesOtherwise, hasPipeThatMayFail } from './shell-switch.js';

/** The fix for one RUN after the other: what is inserted above the first such RUN is in force at the others, where it is the same fix. */
export function shellFixes(facts: FileFacts): (run: RunPlace) => readonly RuleFix[] {
  const fixed = new Map<Placed, RuleFix[]>();
  return run => {
    if (run.facts.shell.explicit || run.onbuild) return [];
    const above = earlierRuns(facts, run).find(({ placed }) => fixed.has(placed));
    const fixes = above ? (fixed.get(above.placed) ?? []) : shellFix(facts, run);
    if (!above && fixes.length > 0) fixed.set(run.placed, fixes);
    return fixes;
  };
}

/** Whether nothing from there on needs the shell that it has now. */
function isSafeToSwitch(facts: FileFacts, run: RunPlace, shell: string): boolean {
  const { placed, stage } = run;
  const starts = (stage?.instructions ?? []).filter(
    ({ index, instruction: { keyword } }) => index > placed.index && (keyword === 'CMD' || keyword === 'ENTRYPOINT'),
  );
  const later = [run.facts, ...laterRuns(facts, run).map(one => one.facts), ...starts.map(one => facts.at(one))];
  const toBash = shell === '/bin/bash' && run.facts.image.shell !== 'bash';
  return later.every(
    ({ script, shell: { explicit } }) =>
      !script || explicit || !(hasPipeThatMayFail(script) || (toBash && echoesOtherwise(script))),
  );
}

/** The SHELL that makes a failing pipe fail, with a shell that the image is sure to have. */
function shellFix(facts: FileFacts, run: RunPlace): RuleFix[] {
  const { image, shell } = run.facts;
  const path = shellFacts(image).pipefailShell;
  // A SHELL of the file's own may have options that this one lacks.
  if (path === undefined || shell.explicit || run.onbuild || !isSafeToSwitch(facts, run, path)) return [];
  const shellLine = `SHELL ["${path}", "-o", "pipefail", "-c"]`;
  return [
    {
      title: `Insert ${shellLine}`,
      safety: 'review',
      effect: { inserts: ['SHELL'] },
      edits: [insertAbove(facts, run.placed, shellLine)],
    },
  ];
}
