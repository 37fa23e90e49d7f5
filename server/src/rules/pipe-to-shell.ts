import { hidingPipes, innermost, setsPipefail } from '../facts/pipelines.js';
import { FETCH, isLocal, runDownload } from '../facts/programs/downloads.js';
import type { ShellCommand, ShellItem, ShellScript } from '../shell/index.js';
import type { Span } from '../text/span.js';
import { defineRule } from './rule.js';

const INTERPRETERS = /^(?:ba|da|a|k|z)?sh$|^(?:python[\d.]*|perl|ruby|node|php)$/;
/** `sh -c "$(curl …)"`, `bash <(curl …)`, `eval "$(wget …)"`. */
const SUBSTITUTED = /(?:\$\(|<\(|`)\s*(?:sudo\s+)?(?:curl|wget)\s/;

const runsCode = ({ base }: ShellCommand): boolean =>
  INTERPRETERS.test(base) || base === 'eval' || base === 'source' || base === '.';

/** Reads its program from standard input: no file and no -c. */
const readsInput = ({ args }: ShellCommand): boolean => {
  if (args.some(({ value }) => /^-(?:s|[a-z]*s)$/.test(value) || value === '-')) return true;
  const script = args.find(({ value }, index) => !value.startsWith('-') && args[index - 1]?.value !== '-o');
  return (
    script === undefined &&
    !args.some(({ value }) => /^-[a-zA-Z]*[cme]$|^-n$|^-m\w|^--(?:version|help|eval)$/.test(value))
  );
};

function pipes(item: ShellItem, script: ShellScript): boolean {
  const node = item.nodes.at(-1);
  if (item.nodes.length < 2 || node?.kind !== 'command') return false;
  const last = innermost(node.command, script);
  return (
    INTERPRETERS.test(last.base) &&
    readsInput(last) &&
    script.commands.some(
      other =>
        FETCH.test(other.base) &&
        other.span.start >= item.span.start &&
        other.span.end <= node.span.start &&
        !isLocal(other),
    )
  );
}

const MESSAGE =
  'Download the script, compare its checksum, then run it: here the server decides what runs in the build.';

/** `iex ((New-Object Net.WebClient).DownloadString('…'))` and `iwr … | iex` of PowerShell. */
const INVOKED = [
  /\b(?:iex|Invoke-Expression)[ \t(&"']+[^;\r\n]*?(?:DownloadString|\b(?:iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b)[^;\r\n]*?(?=[ \t]*(?:;|[\\`]?\r?\n|[\\`]?$))/gi,
  /\b(?:iwr|irm|curl|wget|Invoke-WebRequest|Invoke-RestMethod)[ \t][^;|\r\n]*\|[ \t]*(?:iex|Invoke-Expression)\b/gi,
];

const invokedDownloads = (text: string): readonly Span[] =>
  /iex|invoke-e/i.test(text)
    ? INVOKED.flatMap(pattern =>
        [...text.matchAll(pattern)].map(match => ({ start: match.index, end: match.index + match[0].length })),
      )
    : [];

export default defineRule({
  id: 'pipe-to-shell',
  codes: [],
  summary: 'A downloaded script is run without verification.',
  rationale:
    'Whoever controls the server, or the way to it, decides what runs in your build, and tomorrow it may be something else. Download the script at a fixed version, compare its checksum (`ADD --checksum=sha256:… URL`, or `sha256sum -c`), then run it; or install a signed package.',
  category: 'security',
  practice: 'trusted-sources',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM debian:12\nRUN «curl -fsSL https://example.com/install.sh | sh»\n' },
      { code: 'FROM debian:12\nRUN apt-get update && «wget -qO- http://example.com/install.sh | bash -s -- -y»\n' },
      { code: 'FROM debian:12\nRUN «sh -c "$(curl -fsSL https://example.com/install.sh)"»\n' },
      {
        code: 'FROM debian:12\nRUN curl -fsSLo /tmp/i.sh https://example.com/i.sh && «bash /tmp/i.sh» && rm /tmp/i.sh\n',
        why: 'A file in between changes nothing.',
      },
      {
        code: 'FROM debian:12\nRUN «(curl -fsSL https://example.com/i.sh || wget -qO- https://example.com/i.sh) | sh»\n',
      },
      {
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN «iex ((New-Object Net.WebClient).DownloadString(\'https://example.com/install.ps1\'))»; choco install -y git\nRUN «iwr https://example.com/a.ps1 -UseBasicParsing | iex»\n',
        why: 'PowerShell.',
      },
    ],
    good: [
      {
        code: 'FROM debian:12\nRUN ./serve & curl -fs http://localhost:8080/setup | sh\n',
        why: 'The build asks itself.',
      },
      {
        code: 'FROM debian:12\nRUN curl -fsSLo i.sh https://example.com/1.2/i.sh && echo "abc  i.sh" | sha256sum -c && sh i.sh\n',
        why: 'The checksum is compared.',
      },
      {
        code: 'FROM debian:12\nRUN curl -fsSL https://example.com/a.json | python3 -m json.tool\n',
        why: 'The download is data.',
      },
      {
        code: 'FROM debian:12\nRUN curl -fsSL https://example.com/a.tar.gz | tar -xz\n',
        why: 'An archive is unpacked, not run.',
      },
    ],
  },
  instruction: { keywords: ['RUN'], words: ['curl', 'wget', 'aria2c', 'iex', 'invoke'] },
  check({ instruction, facts, report }) {
    for (const span of invokedDownloads(instruction.text)) report({ span, message: MESSAGE });
    const { script } = facts;
    if (!script?.commands.some(runsCode)) return;
    const seen = new Set<ShellItem>();
    // The pipe has a rule of its own, which says the worse: that nobody sees a download fail.
    const hides = !facts.shell.pipefail && hidingPipes(script, facts.shell.errexit).length > 0 && !setsPipefail(script);
    const tell = (span: Span, isPipe: boolean): void => {
      const plain = /\bhttp:\/\/(?!localhost|127\.)/.test(instruction.text.slice(span.start, span.end));
      report({
        span,
        ...(plain ? { severity: 'warning' as const } : { minor: isPipe && hides }),
        message: plain
          ? 'Anyone between you and this server can change the script: use https, and compare a checksum before running it.'
          : MESSAGE,
      });
    };
    for (const command of script.commands) {
      const { item } = command;
      if (item && !seen.has(item) && item.nodes.length > 1) {
        seen.add(item);
        if (pipes(item, script)) tell(item.span, true);
      }
      if (runsCode(command) && command.via === undefined && command.args.some(word => SUBSTITUTED.test(word.text))) {
        // `python -c "$(…)"` and `sh -c "x=$(curl …); …"` compute with the output; only a word that is nothing else runs it.
        if (
          command.args.some(
            word => /^["']?(?:\$\(|<\(|`)[\s\S]*[)`]["']?$/.test(word.text) && SUBSTITUTED.test(word.text),
          )
        )
          tell(command.span, false);
      }
    }
    const later = runDownload(script, INTERPRETERS);
    if (later)
      report({
        span: later.span,
        message: 'A downloaded script is run unverified. Download it, check its checksum, then run it.',
      });
  },
});
