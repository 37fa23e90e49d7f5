import type { Dockerfile } from '../dockerfile/index.js';
import type { Span } from '../text/span.js';

/** A version of Docker's own frontend that a file asks for by its number. */
export interface Frontend {
  /** It is `1.minor`. */
  readonly minor: number;
  /** The channel where new features are tried out, called `experimental` before 1.2. */
  readonly isLabs: boolean;
  /** What `# syntax=` says, and where; absolute. */
  readonly text: string;
  readonly span: Span;
}

const VERSION = /(?:^|\/)docker\/dockerfile(?:-upstream)?:1\.(\d+)(?:\.\d+)?(-labs|-experimental)?(?:@|$)/;

/** The version that `# syntax=` names; undefined without the line, for the newest (`docker/dockerfile:1`), and for other frontends. */
export function frontendOf({ directives }: Dockerfile): Frontend | undefined {
  const syntax = directives.find(({ name }) => name === 'syntax');
  const match = syntax && VERSION.exec(syntax.value);
  return match
    ? { minor: Number(match[1]), isLabs: match[2] !== undefined, text: syntax.value, span: syntax.valueSpan }
    : undefined;
}

/** Whether a file asks for a frontend before 1.`minor`, which does not know what that version brought; `experimental` is older than all. */
export const isFrontendBefore = (dockerfile: Dockerfile, minor: number): boolean => {
  const frontend = frontendOf(dockerfile);
  if (frontend) return !frontend.isLabs && frontend.minor < minor;
  return dockerfile.directives.some(
    ({ name, value }) => name === 'syntax' && /\/dockerfile(?:-upstream)?:experimental(?:@|$)/.test(value),
  );
};
