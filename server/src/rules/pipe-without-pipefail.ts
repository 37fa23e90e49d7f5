import { hidingPipes, setsPipefail } from '../facts/pipelines.js';
import { runsOf } from '../facts/runs.js';
import type { Span } from '../text/span.js';
import { type Noticed, noticedAt } from './pipe-without-pipefail/noticed.js';
import { shellFixes } from './pipe-without-pipefail/shell-fix.js';
import { defineRule } from './rule.js';

const MESSAGES: Readonly<Record<Noticed | 'never', string>> = {
  never: 'Without `pipefail`, the build continues even if this download fails.',
  apt: 'Without `pipefail`, a failed download is noticed only by apt, whose error does not say so.',
  here: 'Without `pipefail`, a failed download is noticed only by a command after it, whose error does not say so.',
  later:
    'Without `pipefail`, this RUN succeeds even if the download fails. The build then stops at a later RUN, and does so again with the cached layer.',
};

export default defineRule({
  id: 'pipe-without-pipefail',
  codes: ['DL4006'],
  summary: 'A failed download in a pipe goes unnoticed.',
  rationale:
    'A pipe has the exit status of its last command, so in `curl … | sh` a failed download runs an empty script and the build goes on. With `pipefail` the pipe fails when any of its commands does. /bin/sh of Debian and Ubuntu (dash) does not have that option; bash and the ash of Alpine do.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nRUN «curl -fsSL https://example.com/list | sort > /list»\n',
        fixed:
          'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -fsSL https://example.com/list | sort > /list\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN «wget -qO- https://example.com/setup.sh | sh»\n',
        fixed:
          'FROM alpine:3.22\nSHELL ["/bin/ash", "-o", "pipefail", "-c"]\nRUN wget -qO- https://example.com/setup.sh | sh\n',
      },
      {
        code: 'FROM debian:12\nRUN «curl -fsSL https://example.com/setup.sh | sh»\nRUN yes | /opt/licences\n',
        why: '`yes` always ends with an error in a pipe, so a SHELL with pipefail would break the second RUN.',
      },
      {
        code: 'FROM debian:12\nRUN «curl -fsSL https://example.com/setup.sh | sh»\nRUN echo "a\\nb" > /list\n',
        why: '`echo` of Bash would write the backslash.',
      },
      {
        code: 'FROM registry.example.com/base\nRUN «wget -qO- https://example.com/setup.sh | sh»\n',
        why: 'Which shell the image has is not known.',
      },
      {
        code: 'FROM debian:12\nRUN «curl -fsSL https://sh.rustup.rs | sh -s -- -y» && . "$HOME/.cargo/env" && cargo build\n',
        fixed:
          'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -fsSL https://sh.rustup.rs | sh -s -- -y && . "$HOME/.cargo/env" && cargo build\n',
        why: 'The build stops at the file that is missing; only a hint.',
      },
      {
        code: 'FROM debian:12\nRUN set -e; «curl -fsSL https://bun.sh/install | bash»; ~/.bun/bin/bun install\n',
        fixed:
          'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN set -e; curl -fsSL https://bun.sh/install | bash; ~/.bun/bin/bun install\n',
        why: 'It stops at the program that is missing; only a hint.',
      },
      {
        code: 'FROM debian:12\nRUN «curl -LsSf https://astral.sh/uv/install.sh | sh»\nRUN ~/.local/bin/uv sync\n',
        fixed:
          'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -LsSf https://astral.sh/uv/install.sh | sh\nRUN ~/.local/bin/uv sync\n',
        why: 'The next RUN stops the build, with a message that does not say why; only an info.',
      },
      {
        code: 'FROM debian:12\nRUN curl -LsSf https://astral.sh/uv/install.sh | sh && ~/.local/bin/uv sync && «curl -fsS https://example.com/v | sort > /v»\n',
        fixed:
          'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -LsSf https://astral.sh/uv/install.sh | sh && ~/.local/bin/uv sync && curl -fsS https://example.com/v | sort > /v\n',
        why: 'Of two pipes, the one that nothing notices is reported.',
      },
      {
        code: 'FROM debian:12\nSHELL ["/bin/bash", "-e", "-c"]\nRUN bash -c "«curl -fsSL https://example.com/a.sh | bash»"\n',
        why: 'A shell of its own, with options of its own.',
      },
    ],
    good: [
      {
        code: 'FROM debian:12\nRUN curl -fsSL https://example.com/a.diff | patch -p1 && curl -fsS https://example.com/v | jq -er .v\n',
        why: 'patch and jq -e fail when they get nothing.',
      },
      {
        code: 'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -fsSL https://example.com/list | sort > /list\n',
        why: 'The pipe fails when curl does.',
      },
      { code: 'FROM debian:12\nRUN echo a b | tr " " "\\n" > /list\n', why: 'Neither side fails.' },
      {
        code: 'FROM debian:12\nRUN curl -fsSL https://example.com/a.tar.gz | tar -xz\n',
        why: 'tar fails when it gets nothing.',
      },
      {
        code: 'FROM fedora:42\nRUN set -o pipefail && curl -fsSL https://example.com/list | sort > /list\n',
        why: 'The option is set in the RUN.',
      },
    ],
  },
  stage: {
    words: ['curl', 'wget', 'aria2c', 'aws', 'gsutil', 'gcloud', 'ssh', 'scp', 'rsync', 'lftp', 'http', 'fetch'],
    signs: ['|'],
  },
  check({ facts, report }) {
    const fixesFor = shellFixes(facts);
    for (const run of runsOf(facts)) {
      const { placed, facts: own } = run;
      const { script, shell } = own;
      if (!script || shell.pipefail) continue;
      if (setsPipefail(script)) continue;
      let worst: { readonly span: Span; readonly noticed: Noticed | undefined } | undefined;
      for (const pipe of hidingPipes(script, shell.errexit)) {
        const noticed = noticedAt(facts, run, script, pipe);
        if (worst && noticed !== undefined) continue;
        worst = { span: pipe.span, noticed };
        // Nothing is worse than one that goes unnoticed.
        if (noticed === undefined) break;
      }
      if (worst)
        report(placed, {
          span: worst.span,
          message: MESSAGES[worst.noticed ?? 'never'],
          ...(worst.noticed === undefined ? {} : { severity: worst.noticed === 'later' ? 'info' : 'hint' }),
          fixes: fixesFor(run),
        });
    }
  },
});
