import { type Proof, prints, stops } from '../proof.js';

const hello = (line: string): string => `FROM debian:12-slim\n${line}\nCMD ["echo", "hello"]\n`;

/** What the frontend refuses: rule `syntax-error`. */
export const REFUSED: readonly Proof[] = [
  {
    rule: 'syntax-error',
    mistake: 'a slip in a keyword',
    dockerfile: hello('RNU mkdir /data'),
    before: stops('unknown instruction: RNU'),
    after: prints('hello'),
  },
  {
    rule: 'syntax-error',
    mistake: 'a slip in a flag',
    dockerfile: hello('RUN --mont=type=cache,target=/cache true'),
    before: stops('unknown flag: --mont'),
    after: prints('hello'),
  },
  {
    rule: 'syntax-error',
    mistake: 'a slip in the type of a mount',
    dockerfile: hello('RUN --mount=type=cach,target=/cache true'),
    before: stops('unsupported mount type "cach"'),
    after: prints('hello'),
  },
  {
    rule: 'syntax-error',
    mistake: 'a time without its unit',
    dockerfile: hello('HEALTHCHECK --interval=30 CMD true'),
    before: stops('missing unit in duration'),
    after: prints('hello'),
  },
  {
    rule: 'syntax-error',
    mistake: 'HEALTHCHECK without CMD',
    dockerfile: hello('HEALTHCHECK test -e /etc/passwd'),
    before: stops('Unknown type "TEST" in HEALTHCHECK'),
    after: prints('hello'),
  },
  {
    rule: 'syntax-error',
    mistake: 'a flag without “=”',
    dockerfile:
      'FROM debian:12-slim AS build\nFROM debian:12-slim\nCOPY --from build /etc/hostname /name\nCMD ["echo", "hello"]\n',
    before: stops('missing a value on flag: --from'),
    after: prints('hello'),
  },
  {
    rule: 'syntax-error',
    mistake: 'a signal that does not exist',
    dockerfile: hello('STOPSIGNAL SIGTEM'),
    before: stops('SIGTEM'),
    after: prints('hello'),
  },
  {
    rule: 'syntax-error',
    mistake: 'a mode that is not an octal number',
    dockerfile: hello('COPY --chmod=999 a.txt /a.txt'),
    right: hello('COPY --chmod=644 a.txt /a.txt'),
    files: { 'a.txt': 'a' },
    before: stops('999'),
    after: prints('hello'),
  },
];
