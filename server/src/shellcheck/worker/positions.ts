/** A place as ShellCheck's JSON gives it: lines and columns from 1, columns in code points, tabs reaching to the next multiple of 8. */
export interface ShellcheckPlace {
  readonly line: number;
  readonly column: number;
}

const TAB_STOP = 8;

/** Turns ShellCheck's places into UTF-16 offsets into `text`, whose lines end at LF or CRLF. What is outside is clamped. */
export function placeReader(text: string): (place: ShellcheckPlace) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);

  return ({ line, column }) => {
    const start = starts[line - 1];
    if (start === undefined) return line < 1 ? 0 : text.length;
    const next = starts[line];
    let end = next === undefined ? text.length : next - 1;
    if (next !== undefined && text[end - 1] === '\r') end--;
    let at = start;
    for (let reached = 1; at < end && reached < column; ) {
      const code = text.codePointAt(at) ?? 0;
      reached += code === 9 ? TAB_STOP - ((reached - 1) % TAB_STOP) : 1;
      at += code > 0xffff ? 2 : 1;
    }
    return at;
  };
}
