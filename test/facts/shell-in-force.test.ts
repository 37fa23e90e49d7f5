import { describe, expect, test } from 'vitest';
import { parseDockerfile } from '../../server/src/dockerfile/index.js';
import { deriveFacts } from '../../server/src/facts/index.js';

/** The shell in force at the end of a file. */
const shellOf = (...lines: readonly string[]) =>
  deriveFacts(parseDockerfile(`${lines.join('\n')}\n`)).final?.exit.shell;

describe('the program that a shell is', () => {
  test.each([
    ['alpine:3.22', '["/bin/sh", "-e", "-u", "-o", "pipefail", "-c"]', 'ash'],
    ['busybox:1.37', '["sh", "-ec"]', 'ash'],
    ['node:22-alpine', '["/usr/bin/env", "sh", "-c"]', 'ash'],
    ['alpine:3.22', '["/bin/busybox", "sh", "-c"]', 'ash'],
    ['fedora:43', '["/bin/sh", "-ec"]', 'bash'],
    ['debian:13', '["/bin/sh", "-ec"]', 'dash'],
    ['debian:13', '["/bin/bash", "-c"]', 'bash'],
    ['example.com/team/image:1', '["/bin/sh", "-c"]', 'sh'],
  ])('in %s with SHELL %s', (image, shell, program) => {
    expect(shellOf(`FROM ${image}`, `SHELL ${shell}`)?.name).toBe(program);
  });

  test.each([
    ['RUN ln -sf /bin/bash /bin/sh', 'bash'],
    ['RUN rm /bin/sh && ln -s bash /bin/sh', 'bash'],
    ['RUN cp \\\n  /bin/bash \\\n  /usr/bin/sh', 'bash'],
    ['RUN update-alternatives --install /bin/sh sh /bin/bash 100', 'bash'],
    ['RUN <<EOF\nln -fs /usr/bin/bash /bin/sh\nEOF', 'bash'],
    ['RUN ln -s /bin/bash /usr/local/bin/bash && test -x /bin/sh', 'dash'],
    ['RUN echo "#!/bin/sh" > /x', 'dash'],
    ['RUN ln -s /opt/bash-completion.sh /opt/bin/sh.d', 'dash'],
  ])('after %s', (run, program) => {
    expect(shellOf('FROM debian:13', run)?.name).toBe(program);
    expect(shellOf('FROM debian:13', run, 'SHELL ["/bin/sh", "-ec"]')?.name).toBe(program);
  });

  test('a login shell reads files that may set variables', () => {
    expect(shellOf('FROM debian:13', 'SHELL ["/bin/bash", "-lc"]')?.readsProfile).toBe(true);
    expect(shellOf('FROM debian:13', 'SHELL ["/bin/bash", "--login", "-c"]')?.readsProfile).toBe(true);
    expect(shellOf('FROM debian:13', 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]')?.readsProfile).toBe(false);
  });
});
