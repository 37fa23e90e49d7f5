import { type Comment, type Dockerfile, isKeyword, type Placed } from '../dockerfile/index.js';
import type { FileFacts } from '../facts/index.js';
import { certainTags, findTags, type NamedTemplate, type TagKind } from '../templates/index.js';
import { recall } from '../text/memo.js';
import type { Span } from '../text/span.js';

/** What is known of a file that is the template of a Dockerfile. */
export interface Template {
  /** An instruction whose text is not certain: it holds a tag, is within one, or is a piece of one that a tag has cut. */
  isUncertain(index: number): boolean;
  /** Whether a tag is in one of the lines of a span. */
  hasTagIn(span: Span): boolean;
  /** A tag in a line of its own may bring further instructions. */
  readonly mayInsert: boolean;
  /** A tag in a line of its own may leave out instructions, or bring further ones. */
  readonly mayBranch: boolean;
}

/** `named` is what the file's name says. Undefined for a plain Dockerfile. */
export function templateOf(facts: FileFacts, named: NamedTemplate = UNNAMED): Template | undefined {
  return recall(facts.kept, named, () => readTemplate(facts, named));
}

const NONE: readonly TagKind[] = [];
const UNNAMED: NamedTemplate = { kinds: NONE, isSure: false };

function readTemplate(facts: FileFacts, { kinds, isSure }: NamedTemplate): Template | undefined {
  const { dockerfile } = facts;
  const certain = facts.perStage(kindsIn).flat();
  if (hasHashLine(dockerfile.trailing)) certain.push('hash-lines');
  if (certain.length === 0 && kinds.length === 0) return undefined;
  const tags = findTags(dockerfile.text, new Set([...certain, ...kinds]));
  const holding = tags.length === 0 ? [] : dockerfile.instructions.map(placed => overlaps(tags, spanOf(placed)));
  // A comment may well speak of tags.
  if (certain.length === 0 && !isSure && !holding.includes(true)) return undefined;
  return described(dockerfile, tags, holding);
}

/** The kinds of tags that a stage, or what is before the first, holds for certain. */
function kindsIn(instructions: readonly Placed[]): readonly TagKind[] {
  let found: TagKind[] | undefined;
  for (const { instruction, leading } of instructions) {
    const kinds = certainTags(instruction);
    const hasLine = hasHashLine(leading) || hasHashLine(instruction.comments);
    if (kinds.length === 0 && !hasLine) continue;
    found ??= [];
    found.push(...kinds);
    if (hasLine) found.push('hash-lines');
  }
  return found ?? NONE;
}

/** What nobody writes in a comment: `#include "common.docker"`, `#endif`, `#if($alpine)`. */
const HASH_LINE = /^(?:include\s+["<][^">\s]+[">]|endif|(?:if|set|foreach|parse)\s*\(\s*["$!].*\))$/;

const hasHashLine = (comments: readonly Comment[]): boolean => comments.some(({ text }) => HASH_LINE.test(text));

const spanOf = ({ start, length }: Placed): Span => ({ start, end: start + length });

/** Whether one of the tags, which are sorted, has a character in a span. */
function overlaps(tags: readonly Span[], { start, end }: Span): boolean {
  let low = 0;
  let high = tags.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tags[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const next = tags[low];
  return next !== undefined && next.start < end;
}

/** Tags that decide about what is between them, but bring nothing of their own. */
const CONTROL =
  /^(?:\{%[-+~]?\s*(?:end)?(?:if|for|set|raw|comment|with|macro|unless|case|assign|filter|autoescape|import|from)\b|\{%[-+~]?\s*(?:else|elif|elsif|when)\b|\{#|\{\{[-~]?\s*(?:if|else|end|range|with|define|\/\*|!|#|\/)|<%(?!=)|<\?(?!=)|<\/?#(?!=)|%\{|%[^%]|#|(?:m4_)?(?:dnl|define|undefine|pushdef|popdef|divert|change(?:quote|com))\b)/;

function described({ instructions, text }: Dockerfile, tags: readonly Span[], holding: readonly boolean[]): Template {
  const uncertain: boolean[] = [];
  let mayInsert = false;
  let mayBranch = false;
  for (const [index, { instruction, start }] of instructions.entries()) {
    const { keyword, rawKeyword } = instruction;
    // What goes on after a tag in a line of its own may look like an instruction.
    const isPiece = uncertain[index - 1] === true && rawKeyword !== keyword;
    uncertain.push(holding[index] === true || !isKeyword(keyword) || isPiece);
    if (isKeyword(keyword) || !overlaps(tags, { start, end: start + 1 })) continue;
    mayBranch = true;
    if (!CONTROL.test(text.slice(start, start + 40))) mayInsert = true;
  }
  return {
    mayInsert,
    mayBranch,
    isUncertain: index => uncertain[index] ?? false,
    hasTagIn: span => {
      const start = text.lastIndexOf('\n', span.start - 1) + 1;
      const end = text.indexOf('\n', span.end);
      return overlaps(tags, { start, end: end < 0 ? text.length : end });
    },
  };
}
