import type { Dockerfile, Instruction } from '../dockerfile/index.js';
import { problemsOf } from '../dockerfile/index.js';
import { type Refusal, squeeze } from './compare-pair.js';

/** What both stages may have: what is in force in the second one, and the accounts that it needs. */
const IN_BOTH = new Set(['ARG', 'ENV', 'WORKDIR', 'RUN']);

/** Compares a file of one stage with what became of it in two: each instruction is still there, in its order. */
export function compareStages(before: Dockerfile, after: Dockerfile): Refusal {
  const was = instructionsOf(before);
  const is = instructionsOf(after);
  const starts = is.flatMap(({ keyword }, index) => (keyword === 'FROM' ? [index] : []));
  const [first, second, third] = starts;
  if (
    was.filter(({ keyword }) => keyword === 'FROM').length !== 1 ||
    first === undefined ||
    second === undefined ||
    third !== undefined
  )
    return 'it is not one stage that becomes two';
  const wrong = is.find(instruction => problemsOf(instruction).length > 0);
  if (wrong && was.every(instruction => problemsOf(instruction).length === 0))
    return `the ${wrong.keyword} is not valid`;
  const build = is.slice(0, second).map(contentOf);
  const run = is.slice(second + 1).map(contentOf);
  let [atBuild, atRun] = [0, 0];
  const used = new Set<number>();
  for (const instruction of was) {
    const { keyword } = instruction;
    const text = contentOf(instruction);
    const inBuild = keyword === 'FROM' ? first : build.indexOf(text, atBuild);
    const inRun = run.indexOf(text, atRun);
    if (inBuild < 0 && inRun < 0) return `${keyword} disappeared`;
    if (inBuild >= 0) atBuild = inBuild + 1;
    if (inRun >= 0 && (inBuild < 0 || IN_BOTH.has(keyword))) {
      atRun = inRun + 1;
      used.add(inRun);
    }
  }
  const added = is.slice(second + 1).filter((_, index) => !used.has(index));
  const foreign = added.find(one => one.keyword !== 'RUN' && !(one.keyword === 'COPY' && one.flag('from')));
  if (foreign) return `${foreign.keyword} appeared`;
  return losesComment(before, after) ? 'a comment was lost' : undefined;
}

const instructionsOf = ({ placements }: Dockerfile): readonly Instruction[] =>
  placements.parts.map(({ instruction }) => instruction);

const contentOf = ({ keyword, text }: Instruction): string =>
  keyword === 'FROM' ? '' : squeeze(text.slice(keyword.length));

/** Within an instruction that both stages have, a comment may be there twice. */
function losesComment(before: Dockerfile, after: Dockerfile): boolean {
  const left = commentsOf(after);
  return commentsOf(before).some(comment => {
    const at = left.indexOf(comment);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const commentsOf = ({ placements }: Dockerfile): string[] =>
  placements.parts.flatMap(({ leading, instruction }) => [...leading, ...instruction.comments].map(({ text }) => text));
