export type { Heredoc } from './heredoc.js';
export {
  type Flag,
  Instruction,
  KEYWORDS,
  type Pair,
  type Word,
} from './instruction.js';
export { type Joined, slice, toSourceSpan } from './joined.js';
export { lex } from './lexer.js';
export type { Comment } from './lines.js';
export {
  type Dockerfile,
  type Placed,
  parseDockerfile,
  reparseDockerfile,
  type Segment,
} from './parse.js';
export { closest, problemsIn, problemsOf } from './problems.js';
export { type ImageReference, isValidReference, parseReference } from './reference.js';
