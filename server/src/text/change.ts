/** The text between `from` and `oldEnd` became the text between `from` and `newEnd`; the rest is as it was. */
export interface Change {
  readonly from: number;
  /** In the text before. */
  readonly oldEnd: number;
  /** In the text after. */
  readonly newEnd: number;
}

/** Two changes as one; `second` counts in the text that `first` has made. */
export function followedBy(first: Change, second: Change): Change {
  const afterwards = second.oldEnd - first.newEnd;
  return {
    from: Math.min(first.from, second.from),
    oldEnd: first.oldEnd + Math.max(0, afterwards),
    newEnd: second.newEnd + Math.max(0, -afterwards),
  };
}

/** The least that makes `after` of `before`. */
export function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  let afterwards = 0;
  while (
    afterwards < shorter - from &&
    before.charCodeAt(before.length - 1 - afterwards) === after.charCodeAt(after.length - 1 - afterwards)
  )
    afterwards++;
  return { from, oldEnd: before.length - afterwards, newEnd: after.length - afterwards };
}
