export { excerptOf } from './excerpt.js';
export { BOOLEAN } from './flags/boolean.js';
export { hasLooseFlag } from './flags/loose.js';
export { alone, type Refusal, refusalsOf } from './flags/refusals.js';
export { remoteSource } from './flags/remote-source.js';
export { FLAGS } from './flags/table.js';
export type { Heredoc } from './heredoc.js';
export {
  type Flag,
  Instruction,
  isKeyword,
  KEYWORDS,
  type Pair,
  type Word,
} from './instruction.js';
export { type Joined, slice, toSourceSpan } from './joined.js';
export { lex } from './lexer.js';
export { commentProblems, lineBefore } from './line-length.js';
export type { Comment } from './lines.js';
export { isOpen } from './open.js';
export { type Dockerfile, parseDockerfile, type Since } from './parse.js';
export { perInstruction } from './per-instruction.js';
export type { Placed, Placements, Segment } from './placed.js';
export type { Problem } from './problem.js';
export { nothingToBuild, problemsIn, problemsOf } from './problems.js';
export { type ImageReference, isValidReference, parseReference } from './reference.js';
export { reparseDockerfile } from './reparse.js';
export { swallowedIn } from './swallowed.js';
