import type { Rule } from '../../rules/rule.js';

/** What a rule does in profile `hadolint`, where that reads Dockerfiles otherwise than we do. */
export type HadolintCheck = Pick<Rule, 'on' | 'onbuild' | 'check' | 'checkFile'>;
