import { insertBelow, lastOf } from '../../edits/placing.js';
import type { FileFacts, Stage } from '../../facts/index.js';
import type { Report } from '../rule.js';

export function labelMissing(facts: FileFacts, stage: Stage, key: string): Report {
  const { instruction } = stage.from;
  return {
    span: instruction.from?.image.span ?? instruction.keywordSpan,
    message: `The label schema requires the label “${key}”. Set it.`,
    fixes: [
      {
        title: `Add LABEL ${key} with a value to fill in`,
        safety: 'manual',
        edits: [insertBelow(facts, lastOf(stage), `LABEL ${key}="<${key}>"`)],
        effect: { inserts: ['LABEL'] },
      },
    ],
  };
}
