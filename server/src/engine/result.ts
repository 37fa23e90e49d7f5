import type { Dockerfile } from '../dockerfile/index.js';
import type { FileFacts } from '../facts/index.js';
import type { Finding } from '../profiles/types.js';
import type { Template } from './template.js';

export interface LintResult {
  readonly dockerfile: Dockerfile;
  readonly facts: FileFacts;
  /** What is known of the file as a template; undefined when it is none. */
  readonly template: Template | undefined;
  /** Sorted by place. */
  readonly findings: readonly Finding[];
}
