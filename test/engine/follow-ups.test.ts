import { describe, expect, test } from 'vitest';
import { lint } from '../../server/src/engine/lint.js';

const GOOD = `FROM golang:1.27 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /out/app .

FROM debian:13-slim AS final
ARG VERSION=1.0
ENV APP_HOME=/app APP_VERSION=$VERSION
LABEL org.opencontainers.image.title="app"
RUN apt-get update \\
    && apt-get install -y --no-install-recommends ca-certificates \\
    && rm -rf /var/lib/apt/lists/*
RUN <<EOF
set -e
mkdir -p /app
EOF
COPY --from=build --chown=1000:1000 /out/app /app/
WORKDIR /app
EXPOSE 8080
HEALTHCHECK --interval=30s CMD ["/app/app", "health"]
USER 1000
ENTRYPOINT ["/app/app"]
CMD ["serve"]
`;

const said = (text: string): readonly string[] =>
  lint(text)
    .findings.filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ rule, span }) => `${rule} in line ${text.slice(0, span.start).split('\n').length}`);

describe('one mistake is one error', () => {
  test('without one there is none', () => {
    expect(said(GOOD)).toEqual([]);
  });

  test.each([
    ['FROM golang', 'FORM golang', 1],
    ['FROM golang:1.27 AS build', 'FROM', 1],
    ['FROM debian', 'FORM debian', 8],
    ['FROM debian:13-slim AS final', 'FROM', 8],
    ['ARG VERSION', 'AGR VERSION', 9],
    ['USER 1000', 'UESR 1000', 23],
    ['RUN <<EOF', 'RNU <<EOF', 15],
    ['RUN <<EOF', 'RUN <EOF', 16],
    ['/out/app .\n', '/out/app . \\\n', 8],
    ['title="app"', 'title="app" \\', 12],
    ['EXPOSE 8080', 'EXPOSE 8080 \\', 22],
    ['--interval=30s', '--intervall=30s', 22],
    ['["serve"]', '["serve"', 25],
  ])('%j instead of %j', (good, bad, line) => {
    const text = GOOD.replace(good, bad);
    expect(text).not.toBe(GOOD);
    expect(said(text)).toEqual([expect.stringMatching(`in line ${line}$`)]);
  });

  test('two mistakes are two', () => {
    expect(said(GOOD.replace('FROM golang', 'FORM golang').replace('USER', 'UESR'))).toHaveLength(2);
  });

  test('what is wrong anyway stays', () => {
    const text = GOOD.replace('FROM golang', 'FORM golang').replace('install -y', 'install');
    expect(said(text)).toEqual(['syntax-error in line 1', 'apt-get-install-without-yes in line 13']);
  });
});
