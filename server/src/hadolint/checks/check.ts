import type { FileRule, InstructionRule } from '../../rules/asked.js';

/**
 * What a rule does in profile `hadolint`, where that reads Dockerfiles otherwise than we do. It is asked about everything:
 * hadolint finds its commands by other ways, and looks over the borders of stages.
 */
export type HadolintCheck = InstructionRule | FileRule;
