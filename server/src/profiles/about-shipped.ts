import { RULES } from '../rules/index.js';

/** Rules about what matters in an image that is shipped, and little in one to work with. What is done in vain is so in both. */
const ABOUT_SHIPPED: ReadonlySet<string> = new Set([
  ...RULES.filter(({ category, id }) => category === 'size' && id !== 'cleanup-in-later-layer').map(({ id }) => id),
  'add-instead-of-copy',
  'final-stage-runs-as-root',
  'latest-tag',
  'pipe-to-shell',
  'shell-form-command',
  'untagged-image',
  'world-writable',
]);

export const isAboutShipped = (rule: string): boolean => ABOUT_SHIPPED.has(rule);
