import type { ShellWord } from '../../shell/index.js';
import type { Report } from '../rule.js';

export const nameGoVersion = ({ span, value }: ShellWord): Report => ({
  span,
  message: `The version is not pinned, so the next build may install a different one. Name it, such as ${value.replace(/@.*$/, '')}@v1.2.3.`,
});
