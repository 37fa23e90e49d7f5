import { insertBelow, lastOf } from '../edits/placing.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { labelsOf, schemaOf } from './labels/schema.js';
import { defineRule, type RuleFix } from './rule.js';

export default defineRule({
  id: 'missing-label',
  codes: ['DL3049'],
  summary: 'A label that the label schema requires is missing.',
  rationale: 'The label schema in the configuration asks for this label on the image, because something reads it.',
  category: 'maintainability',
  practice: 'metadata',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM golang:1.25 AS build\nFROM «alpine:3.22»\nCMD ["a"]\n',
        fixed: 'FROM golang:1.25 AS build\nFROM alpine:3.22\nCMD ["a"]\nLABEL vendor="<vendor>"\n',
        options: { labelSchema: { vendor: 'text' } },
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nLABEL vendor=a\n', why: 'Set.', options: { labelSchema: { vendor: 'text' } } },
      {
        code: 'FROM alpine:3.22 AS a\nLABEL vendor=a\nFROM a\n',
        why: 'Inherited.',
        options: { labelSchema: { vendor: 'text' } },
      },
      {
        code: 'FROM golang:1.25 AS build\nFROM alpine:3.22\nLABEL vendor=a\n',
        why: 'A builder is not shipped.',
        options: { labelSchema: { vendor: 'text' } },
      },
    ],
  },
  stage: {},
  check({ facts, reading, options, report }) {
    for (const key of schemaOf({ reading, options }).keys()) {
      const stages = reading === 'hadolint' ? hadolintStages(facts, key) : finalStage(facts, key);
      for (const stage of stages) {
        report(stage.from, {
          span: stage.from.instruction.from?.image.span ?? stage.from.instruction.keywordSpan,
          message: `The label schema requires the label “${key}”. Set it.`,
          fixes: [addLabel(facts, stage, key)],
        });
      }
    }
  },
});

const sets = (stage: Stage, key: string): boolean =>
  stage.instructions.some(({ instruction }) => labelsOf(instruction).some(label => label.key === key));

function finalStage(facts: FileFacts, key: string): readonly Stage[] {
  const { final } = facts;
  if (!final) return [];
  const set = facts.lineage(final).some(({ instruction }) => labelsOf(instruction).some(label => label.key === key));
  return set ? [] : [final];
}

/** Every stage counts for hadolint, but not one that a later stage only copies from or builds on. */
function hadolintStages(facts: FileFacts, key: string): readonly Stage[] {
  const alias = (stage: Stage): string | undefined => stage.from.instruction.from?.name?.text;
  const image = (stage: Stage): string | undefined => stage.from.instruction.from?.image.text;
  const having = new Set<string>();
  return facts.stages.filter((stage, index) => {
    const name = alias(stage);
    const has = sets(stage, key) || having.has(image(stage) ?? '');
    if (has) {
      if (name !== undefined) having.add(name);
      return false;
    }
    if (name === undefined) return true;
    const later = facts.stages.slice(index + 1);
    const copied = later.some(other =>
      other.instructions.some(
        ({ instruction }) => instruction.keyword === 'COPY' && instruction.flag('from')?.value === name,
      ),
    );
    const builtOn = later.some(other => image(other) === name && alias(other) === undefined && sets(other, key));
    return !copied && !builtOn;
  });
}

function addLabel(facts: FileFacts, stage: Stage, key: string): RuleFix {
  return {
    title: `Add LABEL ${key} with a value to fill in`,
    safety: 'manual',
    edits: [insertBelow(facts, lastOf(stage), `LABEL ${key}="<${key}>"`)],
    effect: { inserts: ['LABEL'] },
  };
}
