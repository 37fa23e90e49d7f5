import type {
  ArithmeticExpression,
  Assignment,
  CommandArgument,
  ParameterOperation,
  ParsedScript,
  Redirection,
  TestExpression,
  Word,
  WordPart,
} from 'unbash';

/** The scripts inside a word: `$(…)`, backquotes, `<(…)`, and those within expansions and arithmetic. */
export function* scriptsInParts(parts: readonly WordPart[] | undefined): Generator<ParsedScript> {
  for (const part of parts ?? []) {
    switch (part.type) {
      case 'DoubleQuoted':
      case 'LocaleString':
      case 'ExtendedGlob':
      case 'BraceExpansion':
        yield* scriptsInParts(part.parts);
        break;
      case 'CommandExpansion':
      case 'ProcessSubstitution':
        if (part.script) yield part.script;
        break;
      case 'ArithmeticExpansion':
        yield* scriptsInArithmetic(part.expression);
        break;
      case 'ParameterExpansion':
        yield* scriptsInOperation(part.operation);
        break;
      default:
    }
  }
}

function* scriptsInOperation(operation: ParameterOperation | undefined): Generator<ParsedScript> {
  if (!operation) return;
  switch (operation.type) {
    case 'Default':
    case 'Remove':
    case 'CaseModification':
    case 'Transform':
      yield* scriptsInParts(operation.operand?.parts);
      break;
    case 'Replace':
      yield* scriptsInParts(operation.pattern.parts);
      yield* scriptsInParts(operation.replacement.parts);
      break;
    case 'Slice':
      yield* scriptsInParts(operation.offset.parts);
      yield* scriptsInParts(operation.length?.parts);
      break;
    default:
  }
}

export function* scriptsInArithmetic(expression: ArithmeticExpression | undefined): Generator<ParsedScript> {
  if (!expression) return;
  switch (expression.type) {
    case 'ArithmeticBinary':
      yield* scriptsInArithmetic(expression.left);
      yield* scriptsInArithmetic(expression.right);
      break;
    case 'ArithmeticUnary':
      yield* scriptsInArithmetic(expression.operand);
      break;
    case 'ArithmeticTernary':
      yield* scriptsInArithmetic(expression.test);
      yield* scriptsInArithmetic(expression.consequent);
      yield* scriptsInArithmetic(expression.alternate);
      break;
    case 'ArithmeticGroup':
      yield* scriptsInArithmetic(expression.expression);
      break;
    case 'ArithmeticWord':
      yield* scriptsInParts(expression.parts);
      break;
    case 'ArithmeticCommandExpansion':
      if (expression.script) yield expression.script;
      break;
    default:
  }
}

export function* scriptsInTest(expression: TestExpression): Generator<ParsedScript> {
  switch (expression.type) {
    case 'TestUnary':
      yield* scriptsInParts(expression.operand.parts);
      break;
    case 'TestBinary':
      yield* scriptsInParts(expression.left.parts);
      yield* scriptsInParts(expression.right.parts);
      break;
    case 'TestLogical':
      for (const operand of expression.operands) yield* scriptsInTest(operand);
      break;
    case 'TestNot':
      yield* scriptsInTest(expression.operand);
      break;
    case 'TestGroup':
      yield* scriptsInTest(expression.expression);
      break;
    default:
  }
}

function* scriptsInAssignment({ value }: Assignment): Generator<ParsedScript> {
  if (value.type === 'Word') yield* scriptsInParts(value.parts);
  else for (const element of value.elements) yield* scriptsInParts(element.parts);
}

/** The scripts inside a piece of a command. The body of a heredoc is text for a program. */
export function* scriptsIn(node: Word | CommandArgument | Redirection): Generator<ParsedScript> {
  if (node.type === 'Word') yield* scriptsInParts(node.parts);
  else if (node.type === 'Assignment') yield* scriptsInAssignment(node);
  else if (node.type !== 'HereDoc') yield* scriptsInParts(node.target?.parts);
}
