import type { Comment } from '../index.js';

/** A comment with all the codes that stand for it. */
export interface CodedComment extends Comment {
  readonly codes: readonly number[];
}

/** “Unexpected …”: the parser gave up. Where it is, every other code below 2000 is about why. */
const GAVE_UP = 1072;
/** “Couldn't parse this …” and “The mentioned syntax error was in this …”: where the parser was then. */
const WHERE: readonly number[] = [1073, 1009];

/**
 * ShellCheck tells of one syntax error in up to five comments, at as many places. Here it is one, at the place of the
 * most particular of them; its codes are those of all, so that a comment that ignores any of them still works.
 */
export function asOneSyntaxError(comments: readonly Comment[]): readonly CodedComment[] {
  const single = (comment: Comment): CodedComment => ({ ...comment, codes: [comment.code] });
  const end = comments.find(comment => comment.code === GAVE_UP);
  if (!end) return comments.map(single);
  const about = comments.filter(comment => comment.code < 2000);
  const particular = about.find(
    comment => comment.level === 'error' && comment.code !== GAVE_UP && !WHERE.includes(comment.code),
  );
  const place = about.find(comment => comment.code === 1073);
  const head = particular ?? place ?? end;
  const codes = [...new Set([head.code, ...about.map(comment => comment.code)])];
  const { fix, ...rest } = head;
  const merged: CodedComment = {
    ...rest,
    level: 'error',
    message: particular ? head.message : messageOf(place, end),
    codes,
    ...(particular && fix ? { fix } : {}),
  };
  return [merged, ...comments.filter(comment => comment.code >= 2000).map(single)];
}

// Their advice is about the other comments, which are not shown.
const plain = (message: string): string =>
  message.replace(/\s*Fix (?:to allow more checks|any mentioned problems and try again)\.\s*$/, '').trim();

function messageOf(place: Comment | undefined, end: Comment): string {
  const parts = [...(place ? [plain(place.message)] : []), plain(end.message)].filter(part => part !== '');
  return parts.length > 0 ? parts.join(' ') : 'The shell cannot parse this.';
}
