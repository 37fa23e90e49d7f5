import type { Placed } from '../../dockerfile/index.js';
import { tagChoices } from '../../edits/image-tag.js';
import type { FileFacts, Stage } from '../../facts/index.js';
import { copiesFrom } from '../../facts/stage-references.js';
import { hasLabel, schemaOf } from '../../rules/labels/schema.js';
import { labelMissing } from '../../rules/missing-label/complaint.js';
import { LAST_WINS } from '../../rules/overridden-instruction/last-wins.js';
import { addVersionTag } from '../../rules/untagged-image/complaint.js';
import type { HadolintCheck } from './check.js';

/** A CMD, ENTRYPOINT or HEALTHCHECK after one of the same kind: it names the later ones. */
export const DL4003: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    for (const instructions of instructionsByStage(facts)) {
      for (const [keyword, codes] of LAST_WINS) {
        const [, ...later] = instructions.filter(({ instruction }) => instruction.keyword === keyword);
        for (const placed of later)
          report(placed, {
            span: placed.instruction.keywordSpan,
            message: `This ${keyword} replaces the one above. Remove one of them.`,
            codes,
          });
      }
    }
  },
};

/** What comes before the first FROM, then each stage. */
const instructionsByStage = (facts: FileFacts): readonly (readonly Placed[])[] => [
  facts.preamble,
  ...facts.stages.map(stage => stage.instructions),
];

export const DL3049: HadolintCheck = {
  file: {},
  check({ facts, reading, options, report }) {
    for (const key of schemaOf({ reading, options }).keys())
      for (const stage of stagesWithout(facts, key)) report(stage.from, labelMissing(facts, stage, key));
  },
};

/** Every stage counts, but not one that a later stage only copies from or builds on. */
function stagesWithout(facts: FileFacts, key: string): readonly Stage[] {
  const alias = (stage: Stage): string | undefined => stage.from.instruction.from?.name?.text;
  const image = (stage: Stage): string | undefined => stage.from.instruction.from?.image.text;
  const having = new Set<string>();
  return facts.stages.filter((stage, index) => {
    const name = alias(stage);
    const has = hasLabel(stage.instructions, key) || having.has(image(stage) ?? '');
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
    const builtOn = later.some(
      other => image(other) === name && alias(other) === undefined && hasLabel(other.instructions, key),
    );
    return !copied && !builtOn;
  });
}

/** The last USER of each stage, where it is root as written: variables and quotes are not resolved. */
export const DL3002: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    for (const stage of facts.stages) {
      const last = stage.instructions.findLast(({ instruction }) => instruction.keyword === 'USER');
      if (last && /^(?:root|0)(?::|$)/.test(last.instruction.arguments.text))
        report(last, {
          span: last.instruction.argumentsSpan,
          message: 'Switch to another user than root at the end of the stage.',
          codes: ['DL3002'],
        });
    }
  },
};

export const DL3006: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    const aliases = new Set<string>();
    for (const stage of facts.stages) {
      const { from: placed, base } = stage;
      const parts = placed.instruction.from;
      if (!parts) continue;
      const isReported = isUntagged(placed, aliases);
      if (parts.name) aliases.add(parts.name.text);
      const reference = base.kind === 'image' ? base.reference : parts.reference;
      if (isReported)
        report(placed, { span: parts.image.span, ...addVersionTag(reference), fixes: tagChoices(facts, stage) });
    }
  },
};

// It takes the colon of `host:port/image` for that of a tag, unless the host has a dot, and knows a stage by the name of
// an image without its registry.
function isUntagged({ instruction }: Placed, aliases: ReadonlySet<string>): boolean {
  const image = instruction.from?.image.text ?? '';
  const reference = instruction.from?.reference;
  if (
    !reference ||
    reference.tag !== undefined ||
    reference.digest !== undefined ||
    /^[^.]*:/.test(reference.registry ?? '')
  )
    return false;
  const name = reference.registry === undefined ? image : reference.path;
  return name !== 'scratch' && !name.startsWith('$') && !aliases.has(name);
}

/** It takes any `:`, any alias so far, and any number below the count of FROMs so far. */
export const DL3022: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    for (const placed of copiesFrom(facts)) {
      const flag = placed.instruction.flag('from');
      const value = flag?.value;
      if (!flag || value === undefined || value === '') continue;
      const own = facts.stageOf(placed)?.index ?? -1;
      const number = /^\d+/.exec(value);
      if (value.includes(':') || (number && Number(number[0]) <= own)) continue;
      if (facts.stages.slice(0, own + 1).some(stage => stage.from.instruction.from?.name?.text === value)) continue;
      report(placed, {
        span: flag.valueSpan,
        message: `No earlier stage is named “${value}”. If you mean an image, add a tag.`,
      });
    }
  },
};

export const DL3057: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    for (const index of withoutHealthcheck(facts)) {
      const stage = facts.stages[index];
      const image = stage?.from.instruction.from?.image;
      if (stage && image)
        report(stage.from, { span: image.span, message: 'Add a HEALTHCHECK to this stage.', codes: ['DL3057'] });
    }
  },
};

/**
 * The stages without a HEALTHCHECK that are neither built on a stage with one nor the base of one. It knows stages without
 * a name by their image.
 */
function withoutHealthcheck(facts: FileFacts): readonly number[] {
  const stages = facts.stages.map(({ from, instructions }) => {
    const parts = from.instruction.from;
    const image = parts ? parts.image.text.slice(0, parts.reference.nameEnd) : '';
    return {
      name: parts?.name?.text ?? image,
      image,
      good: instructions.some(({ instruction }) => instruction.keyword === 'HEALTHCHECK'),
    };
  });
  const bases = (index: number): number[] =>
    stages.slice(0, index).flatMap((stage, at) => (stage.name === stages[index]?.image ? [at] : []));
  const good = new Set(stages.flatMap((stage, index) => (stage.good ? [index] : [])));
  const below = [...good];
  for (let index = below.pop(); index !== undefined; index = below.pop()) {
    for (const base of bases(index)) if (!good.has(base)) below.push(base);
    for (const base of bases(index)) good.add(base);
  }
  const inherits = new Set(stages.flatMap((stage, index) => (stage.good ? [index] : [])));
  stages.forEach((_, index) => {
    if (bases(index).some(base => inherits.has(base))) inherits.add(index);
  });
  return stages.flatMap((_, index) => (good.has(index) || inherits.has(index) ? [] : [index]));
}
