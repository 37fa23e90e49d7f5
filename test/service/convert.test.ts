import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { toDiagnostics } from '../../server/src/service/convert.js';

const of = (text: string): ReturnType<typeof toDiagnostics> => toDiagnostics(lint(text));

describe('a diagnostic', () => {
  const text = 'FROM debian:12\nRUN apt-get install -y curl\nCMD ["curl", "-V"]\n';

  test('is another one when it is elsewhere, or says something else', () => {
    const before = of(text);
    const moved = of(`# moved\n${text}`);
    expect(moved.map(one => one.range.start.line)).toEqual(before.map(one => one.range.start.line + 1));
    const other = of(text.replace('curl', 'curl git'));
    expect(other.map(one => one.message)).toEqual(
      lint(text.replace('curl', 'curl git')).findings.map(one => one.message),
    );
  });
});
