import type { Dockerfile } from '../dockerfile/index.js';

/** `# syntax=` names a frontend that is not Docker's own; it may know further instructions and flags. */
export const hasForeignFrontend = ({ directives }: Dockerfile): boolean =>
  directives.some(
    ({ name, value }) => name === 'syntax' && !/(?:^|\/)docker\/dockerfile(?:-upstream)?(?:[:@]|$)/.test(value),
  );
