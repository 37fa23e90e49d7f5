import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';
import { fixText } from '../../server/src/fixes/index.js';

/** Instructions with a flag that lost its =: what belongs to the flag must not be taken for anything else. */
const LOOSE = [
  'COPY --chown 1000:1000 files /base/files',
  'COPY --chmod 755 a.sh b.sh /usr/local/bin',
  'COPY --from build /out/app /app',
  'COPY --exclude .git . /src',
  'ADD --chown root:root a.txt /base/a',
  'ADD --checksum sha256:abc https://example.com/a.tgz /a',
  'COPY --form build /out /app',
  'RUN --mount type=cache,target=/var/cache/apt apt-get update && sudo apt-get install curl',
  'RUN --network none curl https://example.com/a | sh',
  'RUN --security insecure cd /tmp && apt install x',
  'HEALTHCHECK --interval 30s CMD curl localhost | grep ok',
  'ONBUILD COPY --chown 1000:1000 files more /base/files',
  'FROM --platform linux/arm64 debian',
];

describe('an instruction whose flag has lost its value', () => {
  test.each(LOOSE)('%s', instruction => {
    const text = `FROM debian:13-slim AS build\n${instruction}\nUSER 1000\n`;
    const start = text.indexOf(instruction);
    const { findings } = lint(text, { profile: 'all' });
    const inside = findings.filter(({ span }) => span.start >= start && span.end <= start + instruction.length);
    expect(new Set(inside.map(({ rule }) => rule))).toEqual(new Set(['syntax-error']));
    expect(fixText(text, { profile: 'all' }, 'safe').text).toContain(instruction);
  });
});
