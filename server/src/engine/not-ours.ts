import type { Dockerfile, Instruction } from '../dockerfile/index.js';

/** `# syntax=` names a frontend that is not Docker's own; it may know further instructions and flags. */
export const hasForeignFrontend = ({ directives }: Dockerfile): boolean =>
  directives.some(
    ({ name, value }) => name === 'syntax' && !/(?:^|\/)docker\/dockerfile(?:-upstream)?(?:[:@]|$)/.test(value),
  );

const SCRIPTS = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

/** A line that a template engine has still to replace. In scripts braces are more often an argument: `--format '{{.State}}'`. */
export function isTemplate({ keyword, text }: Instruction): boolean {
  if (!text.includes('{{') && !text.includes('{%') && !text.startsWith('<%')) return false;
  return /^(?:\{\{|\{%|<%)/.test(text) || (!SCRIPTS.has(keyword) && /\{\{[^}]*\}\}|\{%[^%]*%\}/.test(text));
}
