import type { Placed } from '../../dockerfile/index.js';
import { looseArray } from '../../edits/exec-form.js';
import type { FileFacts } from '../../facts/index.js';
import { trailingComment } from '../../facts/trailing-comment.js';

/** What starts by a shell. A broken exec form has a rule of its own, and so has a comment after one. */
export const startedByShell = (facts: FileFacts): readonly Placed[] =>
  ['CMD', 'ENTRYPOINT', 'HEALTHCHECK']
    .flatMap(keyword => facts.all(keyword))
    .filter(
      ({ instruction }) =>
        !instruction.json &&
        !instruction.hasMixedJson &&
        !looseArray(instruction) &&
        !trailingComment(instruction) &&
        (instruction.keyword !== 'HEALTHCHECK' || /^cmd\s/i.test(instruction.arguments.text)),
    );
