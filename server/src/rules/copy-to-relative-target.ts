import { changePath } from '../edits/change-path.js';
import { startsAtRoot } from '../facts/files/image-workdir.js';
import { cleanPath, isAbsolutePath, unquoted } from '../facts/files/transfer.js';
import { hasAbove } from '../facts/has-above.js';
import { expand } from '../facts/index.js';
import { defineRule, type RuleFix } from './rule.js';

export default defineRule({
  id: 'copy-to-relative-target',
  codes: ['DL3045'],
  summary: '`COPY` has a relative destination without a `WORKDIR`.',
  rationale:
    'The files land in whatever directory the base image happens to use, which another version of it may change.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM alpine:3.22\nCOPY app.py «bin/app.py»\n', fixed: 'FROM alpine:3.22\nCOPY app.py /bin/app.py\n' },
      {
        code: 'FROM alpine:3.22 AS a\nWORKDIR /srv\nFROM alpine:3.22\nCOPY app.py «"./"»\n',
        fixed: 'FROM alpine:3.22 AS a\nWORKDIR /srv\nFROM alpine:3.22\nCOPY app.py "/"\n',
        why: 'The WORKDIR of another stage.',
      },
      { code: 'FROM example/base:1\nCOPY app.py «lib»\n', why: 'Only the base image knows where that is.' },
    ],
    good: [
      { code: 'FROM alpine:3.22\nWORKDIR /srv\nCOPY app.py .\n', why: 'WORKDIR is set.' },
      { code: 'FROM alpine:3.22 AS a\nWORKDIR /srv\nFROM a\nCOPY app.py .\n', why: 'WORKDIR is inherited.' },
      { code: 'FROM alpine:3.22\nCOPY a "/srv/a"\nCOPY b C:/b\nCOPY c $DIR/c\n', why: 'Absolute, or not known.' },
      { code: 'FROM alpine:3.22\nONBUILD COPY a b\n', why: 'The image that triggers it may set WORKDIR.' },
    ],
  },
  stage: { keywords: ['COPY'] },
  check({ facts, reading, report }) {
    const words = facts.all('COPY');
    if (words.length === 0) return;
    for (const placed of words) {
      const { instruction } = placed;
      const target = instruction.words.at(-1);
      if (!target || instruction.words.length < 2) continue;
      // As most are written.
      if (target.text.startsWith('/')) continue;
      const path = unquoted(target.text);
      if (path.startsWith('$') || isAbsolutePath(path)) continue;
      // tilde-not-expanded knows what was meant.
      if (reading === 'own' && /^~(?:\/|$)/.test(path)) continue;
      const stage = facts.stageOf(placed);
      if (!stage || hasAbove(facts, placed, 'WORKDIR')) continue;
      const value = expand(target.text, facts.stateBefore(placed).scope, instruction.escape);
      if (value.certainty === 'unknown' || isAbsolutePath(value.text)) continue;
      const atRoot = startsAtRoot(stage);
      const fix = atRoot && !target.text.includes('$') ? absolute(instruction.text, target.span) : undefined;
      report(placed, {
        span: target.span,
        message: atRoot ? ROOT_MESSAGE : MESSAGE,
        // Many images set a directory of their own, and their users rely on it; an empty one has none.
        ...(atRoot && stage.base.kind !== 'scratch' ? {} : { severity: 'hint' as const }),
        fixes: fix ? [fix] : [],
      });
    }
  },
});

const MESSAGE = 'The destination is relative to an unknown directory. Set WORKDIR first, or use an absolute path.';

const ROOT_MESSAGE = 'The destination is relative (to `/`). Set WORKDIR first, or use an absolute path.';

/** The same place, counted from `/`. */
function absolute(text: string, span: { readonly start: number; readonly end: number }): RuleFix | undefined {
  const path = unquoted(text.slice(span.start, span.end));
  if (/[\\"'\s]/.test(path)) return undefined;
  const clean = cleanPath(`/${path}`);
  return changePath(text, span, clean !== '/' && /(?:^|\/)\.?$/.test(path) ? `${clean}/` : clean);
}
