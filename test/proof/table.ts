import { PROOFS } from './cases/index.js';
import type { Observed } from './observe.js';
import type { Expected, Proof } from './proof.js';
import type { Proven } from './prove.js';

const code = (text: string): string => `\`${text.replaceAll('|', '\\|').replaceAll('`', '’')}\``;

/** The line of a log that has the words, without the step and the time in front of it. */
function lineWith(log: string, words: string): string {
  const line = log.split('\n').findLast(text => text.includes(words)) ?? words;
  const said = line.replace(/^(?:#\d+ )?\d+\.\d+ /, '').trim();
  return said.length <= 110 ? said : words;
}

function shown(expected: Expected, { log }: Observed): string {
  switch (expected.does) {
    case 'stop':
      return `the build stops: ${code(lineWith(log, expected.says))}`;
    case 'fail':
      return `the container fails: ${code(lineWith(log, expected.says))}`;
    case 'print':
      return expected.says === '' ? 'prints nothing' : `prints ${code(expected.says)}`;
    case 'turn':
      return expected.says;
    case 'weigh':
      return log;
  }
}

function row(proof: Proof, { before, after }: Proven): string {
  const how = proof.right === undefined ? 'our fix' : 'the right file';
  const cells = [
    `[${proof.rule}](rules/${proof.rule}.md)`,
    proof.mistake,
    shown(proof.before, before),
    `${how}: ${shown(proof.after, after)}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** `docs/proof.md`. */
export function proofPage(proven: ReadonlyMap<Proof, Proven>, engines: string): string {
  const parts = Object.entries(PROOFS).map(([title, proofs]) => {
    const rows = proofs.flatMap(proof => {
      const held = proven.get(proof);
      return held ? [row(proof, held)] : [];
    });
    return `## ${title}\n\n| rule | mistake | with it | without it |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  const rules = new Set([...proven.keys()].map(({ rule }) => rule));
  return [
    '# What the engines show',
    '',
    `${proven.size} mistakes of ${rules.size} rules, each built and run by ${engines}, with the mistake and without it: once after the rule’s own first fix, or, where the rule has none to apply, as a person would write it. \`npm run test:proof\` shows them all again, and \`-- --write\` makes this page.`,
    '',
    'The Debian images are made by debootstrap. `alpine:3.22` is Debian’s BusyBox with the applets and accounts that Alpine has, without `apk`. Sizes change with the packages.',
    '',
    parts.join('\n'),
  ].join('\n');
}
