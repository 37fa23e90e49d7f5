import type { Scenario } from './scenario.js';

/** Where the cursor is put, what is chosen, and a line that is there afterwards; one after the other in one file. */
type Steps = readonly (readonly [at: string, choose: string | RegExp, after: string])[];

const SINGLE_STAGE: Steps = [
  [
    'MAINTAINER',
    'Change to LABEL org.opencontainers.image.authors',
    'LABEL org.opencontainers.image.authors="Jane <j@example.org>"',
  ],
  ['MODE fast', 'Write it with =', 'ENV MODE="fast and loose"'],
  ['WORKDIR srv', 'Change to /srv', 'WORKDIR /srv'],
  ['ADD app.py', 'Change ADD to COPY', 'COPY app.py /srv/'],
  ['apt update', 'Use apt-get', 'RUN apt-get update'],
  ['apt-get install', 'Add -y', 'RUN apt-get install -y curl'],
  ['apt-get install', 'Add --no-install-recommends', 'RUN apt-get install -y --no-install-recommends curl'],
  ['apt-get update', 'Merge with the RUN below', '    && apt-get install -y --no-install-recommends curl'],
  ['apt-get update', 'Append rm -rf /var/lib/apt/lists/*', '    && rm -rf /var/lib/apt/lists/*'],
  ['sudo make', 'Remove sudo', 'RUN make install'],
  ['pip install', 'Add --no-cache-dir', 'RUN pip install --no-cache-dir flask'],
  ['CMD python app.py', /Use the exec form/, 'CMD ["python", "app.py"]'],
  ['CMD echo one', 'Remove the CMD that has no effect', 'CMD ["python", "app.py"]'],
  ['python:3.12-slim', /Run as a new non-root user/, 'USER 10001:10001'],
];

const SEVERAL_STAGES: Steps = [
  [
    'ARG NPM_TOKEN',
    /^Mount the secret npm_token/,
    'RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN NPM_TOKEN=$NPM_TOKEN npm install --production',
  ],
  [
    'npm install',
    'Use npm ci --omit=dev',
    'RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN NPM_TOKEN=$NPM_TOKEN npm ci --omit=dev',
  ],
  ['node AS web', /^Use node:\d+-slim/, 'EXPOSE 3000'],
  ['node server.js', /^Use the exec form/, 'ENTRYPOINT ["node", "server.js"]'],
  ['latest AS tools', /^Use alpine:3/, 'RUN groupadd app'],
  ['groupadd app', 'Use addgroup, which the image has', 'RUN addgroup -g 10001 app'],
  ['HEALTHCHECK CMD', 'Remove the HEALTHCHECK that has no effect', 'HEALTHCHECK NONE'],
  ['ENTRYPOINT ["python"]', 'Remove the ENTRYPOINT that has no effect', 'ENTRYPOINT ["python3"]'],
  ['root', /^Run as a new non-root user/, 'USER 10001:10001'],
];

const CACHES: Steps = [
  ['apk add', 'Add --no-cache', 'RUN apk add --no-cache jq'],
  ['npm ci', /npm cache clean/, 'RUN npm ci --omit=dev && npm cache clean --force'],
  ['node:24-alpine', 'Add a HEALTHCHECK', 'HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 \\'],
];

const clicked = (name: string, folder: string, steps: Steps): Scenario => ({
  name: `every quick fix, one after the other: ${name}`,
  folder,
  file: 'Dockerfile',
  play: async editor => {
    for (const [at, choose, after] of steps) {
      await editor.quickFix(at, choose);
      await editor.has(after);
    }
    await editor.screenshot('everything-fixed');
  },
});

export const everyFix: readonly Scenario[] = [
  clicked('one stage', 'test/e2e/workspace-every', SINGLE_STAGE),
  clicked('several stages', 'test/e2e/workspace-more', SEVERAL_STAGES),
  clicked('caches and health', 'test/e2e/workspace-caches', CACHES),
];
