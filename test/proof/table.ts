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
    case 'stay':
      return expected.says === 'running' ? 'the container runs on' : 'the container ends at once';
    case 'halt':
      return `stops ${expected.says}`;
    case 'weigh':
      return log;
  }
}

const startOf = ({ rule, mistake }: Proof): string => `| [${rule}](rules/${rule}.md) | ${mistake} |`;

function row(proof: Proof, { before, after }: Proven): string {
  const how = proof.right === undefined ? 'our fix' : 'the right file';
  return `${startOf(proof)} ${shown(proof.before, before)} | ${how}: ${shown(proof.after, after)} |`;
}

/** `docs/proof.md`; of proofs that were not run, what `page` said before. */
export function proofPage(proven: ReadonlyMap<Proof, Proven>, engines: string, page: string): string {
  const known = page.split('\n');
  const rowsOf = (proof: Proof): readonly string[] => {
    const held = proven.get(proof);
    return held ? [row(proof, held)] : known.filter(line => line.startsWith(startOf(proof)));
  };
  const parts = Object.entries(PROOFS).map(
    ([title, proofs]) =>
      `## ${title}\n\n| rule | mistake | with it | without it |\n|---|---|---|---|\n${proofs.flatMap(rowsOf).join('\n')}\n`,
  );
  const all = Object.values(PROOFS).flat();
  const rules = new Set(all.map(({ rule }) => rule));
  return [
    '# What the engines show',
    '',
    `${all.length} mistakes of ${rules.size} rules, each built and run by ${engines}, with the mistake and without it: once after the rule’s own first fix, or, where the rule has none to apply, as a person would write it. \`npm run test:proof\` shows them all again, and \`-- --write\` makes this page.`,
    '',
    'The Debian images are made by debootstrap. `alpine:3.22` is Debian’s BusyBox with the applets and accounts that Alpine has, without `apk`. Sizes change with the packages.',
    '',
    parts.join('\n'),
  ].join('\n');
}
