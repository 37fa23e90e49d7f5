import type { ShellWord } from '../../shell/index.js';
import type { Report } from '../rule.js';

export const nameGoVersion = ({ span, value }: ShellWord): Report => ({
  span,
  message: `Name the version to use, such as ${value.replace(/@.*$/, '')}@v1.2.3.`,
});
