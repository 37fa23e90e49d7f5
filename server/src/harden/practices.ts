import type { Practice } from '../rules/rule.js';

/** The practices by which changes are grouped, in the words of the preview. */
export const PRACTICES: Readonly<Record<Practice, string>> = {
  'small-images': 'Keep the image small',
  'explicit-copy': 'Copy only what is needed',
  'few-layers': 'Use fewer layers',
  'no-recommends': 'Skip recommended packages',
  'multi-stage': 'Use multi-stage builds',
  'copy-not-add': 'Use COPY instead of ADD',
  'non-root-user': 'Run as a non-root user',
  'minimal-base': 'Use a minimal base image',
  'pinned-images': 'Pin base images',
  'trusted-sources': 'Verify downloads',
  metadata: 'Add labels',
  healthcheck: 'Add a health check',
  'one-process': 'Run one process, without a shell wrapper',
  'precise-versions': 'Pin package versions',
  secrets: 'Keep secrets out of the image',
  permissions: 'Use least privilege',
  clarity: 'Be explicit',
};
