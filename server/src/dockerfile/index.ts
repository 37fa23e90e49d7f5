export type { Heredoc } from './heredoc.js';
export {
  type Flag,
  type FromParts,
  Instruction,
  KEYWORDS,
  type Keyword,
  type Pair,
  type SyntaxProblem,
  type Word,
} from './instruction.js';
export { type Joined, slice, toSource, toSourceEnd, toSourceSpan } from './joined.js';
export { type LexResult, lex, type VariableUse } from './lexer.js';
export type { Comment } from './lines.js';
export {
  type Directive,
  type Dockerfile,
  type FileProblem,
  type Placed,
  parseDockerfile,
  reparseDockerfile,
  type Segment,
} from './parse.js';
export { closest, type PlacedProblem, type Problem, problemsIn, problemsOf } from './problems.js';
export { type ImageReference, isValidReference, parseReference } from './reference.js';
