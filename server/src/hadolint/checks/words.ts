import type { Pair } from '../../dockerfile/index.js';
import { unquoted } from '../../facts/files/transfer.js';
import type { FileFacts } from '../../facts/index.js';
import { hasPlainPorts } from '../../facts/ports.js';
import { startedByShell } from '../../rules/shell-form-command/started-by-shell.js';
import type { HadolintCheck } from './check.js';

export const DL3000: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    for (const placed of facts.all('WORKDIR')) {
      const { arguments: args, argumentsSpan: span } = placed.instruction;
      if (args.text === '' || /^[/$]|^[a-zA-Z]:/.test(unquoted(args.text))) continue;
      report(placed, {
        span,
        message: 'This WORKDIR is relative, so it depends on an earlier one. Use an absolute path.',
      });
    }
  },
};

export const DL3011: HadolintCheck = {
  instruction: { keywords: ['EXPOSE'] },
  check({ instruction, onbuild, report }) {
    if (onbuild || hasPlainPorts(instruction)) return;
    for (const word of instruction.words) {
      const match = /^(\d+)(?:-(\d+))?(?:\/\w*)?$/.exec(word.text);
      if (match && [match[1], match[2]].some(end => Number(end) > 65535))
        report({
          span: word.span,
          message: 'The port is out of range, so the build fails. Use a port from 0 to 65535.',
        });
    }
  },
};

export const DL3021: HadolintCheck = {
  file: { keywords: ['COPY'] },
  check({ facts, report }) {
    for (const placed of facts.all('COPY')) {
      const { words } = placed.instruction;
      const target = words.at(-1);
      if (!target || words.length < 3 || unquoted(target.text).endsWith('/')) continue;
      report(placed, { span: target.span, message: 'Several sources need a directory. End the destination with `/`.' });
    }
  },
};

export const DL3025: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    for (const placed of startedByShell(facts)) {
      const { argumentsSpan, keywordSpan } = placed.instruction;
      report(placed, {
        span: argumentsSpan.end > 0 ? argumentsSpan : keywordSpan,
        message:
          'A shell runs this command, so stop signals do not reach the program. Use the exec form: ["program", "argument"].',
        codes: ['DL3025'],
      });
    }
  },
};

/** It reads the values as text and looks at no stages. */
export const DL3044: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    const declared = new Set<string>();
    for (const placed of facts.instructions) {
      const { keyword, pairs } = placed.instruction;
      if (keyword !== 'ENV' && keyword !== 'ARG') continue;
      const first = keyword === 'ENV' && pairs.length > 1 ? usingItsOwn(pairs, declared) : undefined;
      if (first)
        report(placed, {
          span: first.valueSpan,
          message: `Move “${first.key}” to an ENV of its own: it uses a variable of the same ENV.`,
        });
      // Of an ARG it reads the first name only.
      for (const pair of keyword === 'ARG' ? pairs.slice(0, 1) : pairs) declared.add(pair.key);
    }
  },
};

function usingItsOwn(pairs: readonly Pair[], declared: ReadonlySet<string>): Pair | undefined {
  return pairs.find((pair, index) =>
    pairs.some((other, at) => {
      const key = other.key.replace(/^(["'])(.*)\1$/, '$2');
      if (at === index || declared.has(key)) return false;
      const value = pair.value ?? '';
      const bare = new RegExp(`\\$${key.replace(/[^\w]/g, '\\$&')}(?!\\w)`);
      return value.includes(`\${${key}}`) || bare.test(value);
    }),
  );
}

export const DL3045: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    const known = belowWorkdir(facts);
    for (const placed of facts.all('COPY')) {
      const { words } = placed.instruction;
      const target = words.at(-1);
      if (!target || words.length < 2 || known.has(placed.index)) continue;
      if (/^["']?(?:[/$]|[A-Za-z]:)/.test(target.text)) continue;
      report(placed, {
        span: target.span,
        message: 'The destination is relative to an unknown directory. Set WORKDIR first, or use an absolute path.',
      });
    }
  },
};

/** The COPYs below a WORKDIR: stages go by alias, or else by image name without registry. */
function belowWorkdir(facts: FileFacts): ReadonlySet<number> {
  const keys = new Set<string>();
  const known = new Set<number>();
  let key = '';
  for (const { instruction, index } of facts.dockerfile.instructions) {
    if (instruction.from) {
      const { reference, name } = instruction.from;
      const isBelow = keys.has(reference.path);
      key = name?.text ?? reference.path;
      if (isBelow) keys.add(key);
      else keys.delete(key);
    } else if (instruction.keyword === 'WORKDIR') keys.add(key);
    else if (instruction.keyword === 'COPY' && keys.has(key)) known.add(index);
  }
  return known;
}

export const DL3066: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    // Of an ARG it reads the first name only.
    const declared: string[] = [];
    for (const placed of facts.instructions) {
      const { instruction } = placed;
      if (instruction.keyword === 'ARG') declared.push(...instruction.pairs.slice(0, 1).map(pair => pair.key));
      if (instruction.keyword !== 'USER') continue;
      const { text } = instruction.arguments;
      const [user = ''] = text.split(':');
      if (/^\d*$/.test(user) || declared.some(name => text.includes(`$${name}`) || text.includes(`\${${name}}`)))
        continue;
      report(placed, {
        span: instruction.argumentsSpan,
        message: 'Use a numeric user id, so that Kubernetes can tell that it is not root.',
      });
    }
  },
};
