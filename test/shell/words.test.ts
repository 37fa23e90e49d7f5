import fc from 'fast-check';
import { parse, type WordPart } from 'unbash';
import { describe, expect, test } from 'vitest';
import { parseDockerfile } from '../../server/src/dockerfile/index.js';
import { hadolintScriptOf } from '../../server/src/hadolint/script.js';
import { scriptOf } from '../../server/src/shell/index.js';

const runOf = (line: string) => {
  const instruction = parseDockerfile(`RUN ${line}`).instructions[0]?.instruction;
  if (!instruction) throw new Error('no RUN');
  return instruction;
};

/** Whether nothing in them is expanded, and the variables in them, as the parser tells it. */
function told(parts: readonly WordPart[] | undefined, variables: string[] = []): { literal: boolean; names: string[] } {
  let literal = true;
  for (const part of parts ?? []) {
    if (part.type === 'DoubleQuoted' || part.type === 'LocaleString')
      literal = told(part.parts, variables).literal && literal;
    else if (part.type !== 'Literal' && part.type !== 'SingleQuoted' && part.type !== 'AnsiCQuoted') literal = false;
    if (part.type === 'SimpleExpansion') variables.push(part.text.slice(1));
    if (part.type === 'ParameterExpansion') variables.push(part.parameter);
  }
  return { literal, names: variables };
}

/** Pieces of words, among them those that look plain and are not. */
const piece = fc.constantFrom(
  ...['a', '1', '/', '.', ':', '=', '@', '%', '+', ',', '-', '_', 'é', '~', '*', '?', '[', ']', '{', '}', '{a,b}', '!'],
  ...['$', '$A', '$a1', '${B}', '${B:-c}', '${1}', '$1', '$?', '$$', '$_', '${#A}', '\\', '\\$', '#', '^', 'ß', '😀'],
  ...["'", '"', "'x y'", '"x y"', '"$A"', '"${B} c"', '"a$"', '"\\$A"', "$'a'", '$"a"', '""', "''"],
);

describe('words', () => {
  test('that are told by their looks are what the parser makes of them', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), pieces => {
        // A backslash at the end of the line would not be the shell's.
        const text = `x ${pieces.join('')} y`;
        const tree = parse(text);
        const command = tree.commands[0]?.command;
        if (tree.errors || command?.type !== 'Command') return;
        const words = command.suffix.flatMap(part => (part.type === 'Word' ? part : []));
        expect(scriptOf(runOf(text))?.commands[0]?.args).toEqual(
          words.map(word => {
            const { literal, names } = told(word.parts);
            return {
              text: text.slice(word.pos, word.end),
              value: word.value,
              span: { start: 4 + word.pos, end: 4 + word.end },
              literal: literal && !(word.parts === undefined && word.text.startsWith('~')),
              quoted: /["'\\]/.test(word.text),
              variables: names,
            };
          }),
        );
      }),
    );
  });

  test('of any length are read', () => {
    for (const word of ['a', '$A', '${A}', '"$A', "'x"]) {
      const text = word.repeat(200_000) + (/^["']/.test(word) ? word.charAt(0) : '');
      expect(scriptOf(runOf(`x ${text}`))?.commands).toHaveLength(1);
    }
  });
});

describe('a RUN as hadolint reads it', () => {
  test('has the same commands as ours where both see the same text', () => {
    const instruction = runOf('apt-get update && /usr/bin/curl a | sudo tee b');
    const own = scriptOf(instruction)?.commands ?? [];
    const plain = hadolintScriptOf(instruction).commands;
    expect(plain.map(({ base }) => base)).toEqual(['apt-get', '/usr/bin/curl', 'sudo']);
    // The same objects: what is found out about one is known of the other.
    expect(own).toContain(plain[0]);
    expect(own).toContain(plain[2]);
    expect(own).not.toContain(plain[1]);
  });

  test('looks after one command that runs another, and an exec form counts as if it were typed', () => {
    expect(hadolintScriptOf(runOf('exec nginx -g x')).commands.map(({ base }) => base)).toEqual(['nginx']);
    const exec = hadolintScriptOf(runOf('["apt-get", "install"]'));
    expect(exec.commands.map(({ base, editable }) => [base, editable])).toEqual([['apt-get', false]]);
  });
});
