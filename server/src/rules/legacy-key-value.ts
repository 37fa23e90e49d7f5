import { type Instruction, lex, type Pair, perInstruction, toSourceSpan } from '../dockerfile/index.js';
import { replace } from '../edits/words.js';
import { trailingComment } from '../facts/trailing-comment.js';
import type { Span } from '../text/span.js';
import { defineRule, type FixEdit, type RuleFix } from './rule.js';

export default defineRule({
  id: 'legacy-key-value',
  codes: ['LegacyKeyValueFormat'],
  summary: '`ENV` or `LABEL` is written without `=`.',
  rationale:
    'The form `ENV name value` is deprecated. It takes the rest of the line as the value, so one instruction sets one variable, and what looks like a second one becomes part of the first.',
  category: 'style',
  practice: 'clarity',
  severity: 'hint',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM alpine:3.22\nENV «PORT» 80\n', fixed: 'FROM alpine:3.22\nENV PORT=80\n' },
      {
        code: 'FROM alpine:3.22\nLABEL «note» hello to $NAME\n',
        fixed: 'FROM alpine:3.22\nLABEL note="hello to $NAME"\n',
      },
      {
        code: 'FROM alpine:3.22\nENV «A» "hello world"\n',
        fixed: 'FROM alpine:3.22\nENV A="hello world"\n',
        why: 'Quotes are no part of the value in either form.',
      },
      { code: 'FROM alpine:3.22\nENV «J» \'{"a": 1}\'\n', fixed: 'FROM alpine:3.22\nENV J=\'{"a": 1}\'\n' },
      {
        code: 'FROM alpine:3.22\nENV «W» a\\ b "c $d" \'$e\'\n',
        fixed: 'FROM alpine:3.22\nENV W="a b c $d \\$e"\n',
        why: 'Mixed quotes.',
      },
      {
        code: 'FROM alpine:3.22\nENV «A» hello \\\n    # why\n    world\n',
        fixed: 'FROM alpine:3.22\nENV A="hello \\\n    # why\n    world"\n',
        why: 'Lines and comments stay.',
      },
      {
        code: '# escape=`\nFROM example/windows:1\nENV «P» c:\\foo bar\n',
        fixed: '# escape=`\nFROM example/windows:1\nENV P="c:\\foo bar"\n',
        why: 'With the other escape character.',
      },
      { code: 'FROM alpine:3.22\nENV «GOPATH» \\\n/go\n', fixed: 'FROM alpine:3.22\nENV GOPATH=\\\n/go\n' },
      {
        code: 'FROM alpine:3.22\nENV «A» b\\\\\nENV «C» d\n',
        why: 'Older builders take `\\\\` at the end of a line for a continuation, so neither line is touched.',
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nENV A=1 B="2 3"\n', why: 'Pairs.' },
      { code: 'FROM alpine:3.22\nARG A\n', why: 'An ARG needs no value.' },
    ],
  },
  stage: { keywords: ['ENV', 'LABEL'] },
  check({ facts, reading, report }) {
    const { instructions } = facts;
    for (let index = 0; index < instructions.length; index++) {
      const placed = instructions[index];
      if (!placed || !MAY_HOLD_PAIRS.has(placed.instruction.keyword)) continue;
      const instruction = placed.instruction.trigger ?? placed.instruction;
      if (!instruction.isLegacyPair || (reading === 'buildkit' && instruction !== placed.instruction)) continue;
      const pair = instruction.pairs[0];
      if (!pair) continue;
      const before = instructions[index - 1]?.instruction;
      const isUncertain = endsInTwoEscapes(placed.instruction) || (before !== undefined && endsInTwoEscapes(before));
      const fix = isUncertain ? undefined : fixOf(instruction);
      report(placed, {
        span: pair.keySpan,
        message: `Without \`=\`, the rest of the line becomes the value. Write \`${instruction.rawKeyword} ${pair.key}=…\`.`,
        fixes: fix ? [fix] : [],
      });
    }
  },
});

const MAY_HOLD_PAIRS = new Set(['ENV', 'LABEL', 'ONBUILD']);

/** Other readers of Dockerfiles join the next line to such a one, so it is left as it is. */
const endsInTwoEscapes = ({ text, escape }: Instruction): boolean => text.trimEnd().endsWith(escape + escape);

const fixOf = perInstruction((instruction): RuleFix | undefined => {
  const [pair] = instruction.pairs;
  // Quotes would make a permanent part of the value of what was meant as a comment.
  return pair && !trailingComment(instruction) ? withEquals(instruction, pair) : undefined;
});

/** The white space that `=` replaces; a continuation stays when the value begins its line. */
function gapOf({ text, escape }: Instruction, pair: Pair): Span {
  const { end } = pair.keySpan;
  const gap = text.slice(end, pair.valueSpan.start);
  if (!gap.includes(escape)) return { start: end, end: pair.valueSpan.start };
  const spaces = /^[ \t]*/.exec(gap)?.[0].length ?? 0;
  return gap[spaces] === escape && /^.[ \t]*\r?\n$/.test(gap.slice(spaces))
    ? { start: end, end: end + spaces }
    : { start: end, end: pair.valueSpan.start };
}

const NAME = /^[\w.-]+$/;
const ONE_WORD = /^[^\s"'$\\`<]+$/;
const TITLE = 'Write it with =';

function withEquals(instruction: Instruction, pair: Pair): RuleFix | undefined {
  const value = pair.value ?? '';
  // Most of them are a name and one word, which stays as it is.
  if (ONE_WORD.test(value) && NAME.test(pair.key) && instruction.comments.length === 0)
    return withEdits([replace(gapOf(instruction, pair), '=')]);
  const { escape } = instruction;
  const read = lex(value, { escape, keepUnset: true });
  if (value === '' || read.error !== undefined || /["'=\\`]/.test(pair.key)) return undefined;
  const gap = gapOf(instruction, pair);
  // A comment between name and value would have no place.
  if (instruction.comments.some(comment => comment.start < pair.valueSpan.start)) return undefined;
  if (!hasBareSpace(value, escape)) return withEdits([replace(gap, '=')]);
  const pieces = quoted(value, escape);
  // On a line of its own, what is left may begin with # and so become a comment.
  if (!pieces || (pieces.length > 1 && value.includes('#') && instruction.text.includes('\n'))) return undefined;
  const after = `"${apply(value, pieces)}"`;
  const again = lex(after, { escape, keepUnset: true });
  const names = (uses: typeof read.variables): string => uses.map(use => use.name + use.modifier).join();
  if (again.error !== undefined || again.value !== read.value || names(again.variables) !== names(read.variables))
    return undefined;
  // The same with every variable set, since then other parts of `${x:-y}` count.
  const set = (text: string): string => lex(text, { escape, lookup: () => 'x y' }).value;
  if (set(after) !== set(value)) return undefined;
  const base = instruction.arguments.text.length - value.length;
  const at = (start: number, end: number) => toSourceSpan(instruction.arguments, base + start, base + end);
  const edits: FixEdit[] = [{ span: gap, text: '="' }];
  for (const piece of pieces)
    if (piece.end > piece.start || piece.text !== '')
      edits.push({ span: at(piece.start, piece.end), text: piece.text });
  edits.push({ span: { start: pair.valueSpan.end, end: pair.valueSpan.end }, text: '"' });
  return withEdits(edits);
}

const withEdits = (edits: readonly FixEdit[]): RuleFix => ({ title: TITLE, safety: 'safe', edits });

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const apply = (text: string, pieces: readonly Piece[]): string => {
  let result = '';
  let at = 0;
  for (const { start, end, text: piece } of pieces) {
    result += text.slice(at, start) + piece;
    at = end;
  }
  return result + text.slice(at);
};

/** White space that would end the word, were it not the legacy form. */
function hasBareSpace(text: string, escape: string): boolean {
  if (!/\s/.test(text)) return false;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const ch = text[at] ?? '';
    if (ch === escape && quote !== "'") at++;
    else if (quote === '' && (ch === '"' || ch === "'")) quote = ch;
    else if (ch === quote) quote = '';
    else if (quote === '' && /\s/.test(ch)) return true;
  }
  return false;
}

/** What has to change for the text to mean the same between double quotes; undefined when that is not certain. */
function quoted(text: string, escape: string): readonly Piece[] | undefined {
  // One empty change, so that there always is one.
  const pieces: Piece[] = [{ start: 0, end: 0, text: '' }];
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const ch = text[at] ?? '';
    const drop = { start: at, end: at + 1, text: '' };
    if (quote === "'") {
      if (ch === "'") {
        quote = '';
        pieces.push(drop);
      } else if (ch === '"' || ch === '$' || ch === escape) pieces.push({ start: at, end: at, text: escape });
    } else if (ch === '$' && text[at + 1] === '{') {
      const close = text.indexOf('}', at);
      // Quotes inside `${…}` belong to it.
      if (close < 0 || /["'\\`{]/.test(text.slice(at + 2, close))) return undefined;
      at = close;
    } else if (ch === escape) {
      const next = text[at + 1];
      if (next === undefined) return undefined;
      const kept = next === '"' || next === '$' || next === escape;
      if (!kept && quote === '') pieces.push(drop);
      at++;
    } else if (ch === '"') {
      quote = quote === '"' ? '' : '"';
      pieces.push(drop);
    } else if (ch === "'" && quote === '') {
      quote = "'";
      pieces.push(drop);
    }
  }
  return quote === '' ? pieces : undefined;
}
