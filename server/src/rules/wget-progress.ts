import type { InstructionFacts } from '../facts/index.js';
import { isOptionVariable } from '../facts/packages/in-run.js';
import type { ShellCommand } from '../shell/index.js';
import { hasFlag } from '../shell/options.js';
import { defineRule } from './rule.js';
import { addProgress, isGnu } from './wget-progress/complaint.js';

/** Any cluster with q, o or a, and -nv, makes wget quiet or sends its output elsewhere. */
const isQuiet = (command: ShellCommand): boolean =>
  hasFlag(command, '--progress', '--quiet', '--output-file', '--append-output', '--no-verbose', '--spider') ||
  command.args.some(({ value }) => /^-(?!-)[a-zA-Z]*[qoa]|^-nv/.test(value));

/** An option in a variable, or a setting in a file: what it says is not known. */
const mayBeSet = (command: ShellCommand, { script }: InstructionFacts): boolean =>
  command.args.some(isOptionVariable) || /wgetrc/.test(script?.source.text ?? '');

/** A signature, a checksum, a key or a script comes in a line or two. */
const SMALL = /\.(?:asc|sig|sha\d+(?:sum)?|md5|sum|key|gpg|pub|pem|crt|sh|py|repo|list|json|ya?ml|txt|conf)$/i;
const isSmall = ({ args }: ShellCommand): boolean => {
  const addresses = args.filter(({ value }) => /^(?:https?|ftp):|^\$/.test(value));
  return addresses.length > 0 && addresses.every(({ value }) => SMALL.test(value.replace(/[?#].*$/, '')));
};

export default defineRule({
  id: 'wget-progress',
  codes: ['DL3047'],
  summary: 'The progress bar of `wget` floods the build log.',
  rationale:
    'Without a terminal wget prints a line of dots for every 50 kilobytes, thousands of lines for a large file. `--progress=dot:giga` prints one for every 32 megabytes, and `-nv` one for the whole file; errors stay visible.',
  category: 'style',
  practice: 'clarity',
  severity: 'hint',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nRUN «wget» https://example.com/a.tar.gz\n',
        fixed: 'FROM debian:12\nRUN wget --progress=dot:giga https://example.com/a.tar.gz\n',
      },
      {
        code: 'FROM fedora:42\nRUN dnf install -y wget && «wget» -O /tmp/a \\\n    https://example.com/a\n',
        fixed:
          'FROM fedora:42\nRUN dnf install -y wget && wget --progress=dot:giga -O /tmp/a \\\n    https://example.com/a\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:12\nRUN apt-get install -y wget && wget -O go.tgz.asc "$url.asc" && wget "${SUMS}/sha256.txt"\n',
        why: 'Small files.',
      },
      { code: 'FROM debian:12\nRUN wget -nv https://example.com/a\n', why: 'It prints one line.' },
      {
        code: 'FROM debian:12\nARG WGET_ARGS="--progress=dot:giga"\nRUN wget ${WGET_ARGS} https://example.com/a\n',
        why: 'The option may be in the variable.',
      },
      { code: 'FROM debian:12\nRUN wget -O a.asc https://example.com/a.tar.gz.asc\n', why: 'A signature is small.' },
      { code: 'FROM debian:12\nRUN wget -qO- https://example.com/a\n', why: 'It is quiet.' },
      { code: 'FROM alpine:3.22\nRUN wget https://example.com/a\n', why: 'The wget of BusyBox has no such option.' },
    ],
  },
  command: ['wget'],
  check(command, { facts, report }) {
    if (
      !command.name ||
      isQuiet(command) ||
      !isGnu(facts) ||
      hasFlag(command, '--help', '-h', '--version', '-V') ||
      mayBeSet(command, facts) ||
      isSmall(command)
    )
      return;
    report(addProgress(command, command.name, facts));
  },
});
