import type { Practice } from '../rules/rule.js';

/** The practices by which changes are grouped, in the words of the preview. */
export const PRACTICES: Readonly<Record<Practice, string>> = {
  'small-images': 'Keep the image small',
  'explicit-copy': 'Copy only what is needed',
  'few-layers': 'Use fewer layers',
  'no-recommends': 'Leave out recommended packages',
  'multi-stage': 'Build in several stages',
  'copy-not-add': 'Use COPY instead of ADD',
  'non-root-user': 'Run as a non-root user',
  'minimal-base': 'Start from a minimal base',
  'pinned-images': 'Pin base images',
  'trusted-sources': 'Trust only what is verified',
  metadata: 'Describe the image',
  healthcheck: 'Say when the container is healthy',
  'one-process': 'Run one process, without a shell around it',
  'precise-versions': 'Install precise versions',
  secrets: 'Keep secrets out of the image',
  permissions: 'Give the least permissions',
  clarity: 'Say what is meant',
};
