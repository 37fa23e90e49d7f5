import { isValidReference, lex, perInstruction } from '../dockerfile/index.js';
import { finalServices } from '../facts/final-services.js';
import type { FileFacts } from '../facts/index.js';
import { fromArguments } from '../facts/variables.js';
import { defineRule } from './rule.js';

const VALID = { valid: true };
const TO_BE_READ = { valid: false };

/** Valid: a name in which nothing is to be replaced, and that is in order. */
const validityOf = perInstruction(({ from }) => {
  const text = from?.image.text ?? '';
  return /^[\w./:@-]+$/.test(text) && isValidReference(text) ? VALID : TO_BE_READ;
});

export default defineRule({
  first: true,
  id: 'invalid-image-reference',
  codes: ['InvalidDefaultArgInFrom'],
  summary: 'The image name in `FROM` is not valid, or not without `--build-arg`.',
  rationale:
    'Without `--build-arg` the file cannot be built, and tools that read it, such as update bots and scanners, do not know which image it uses. A default keeps both working; the build can still pass another value.',
  category: 'correctness',
  severity: 'error',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'ARG VERSION\nFROM «alpine:$VERSION»\n',
        files: {},
        why: 'Nothing in the project passes the argument: an error.',
      },
      {
        code: 'ARG VERSION\nFROM «alpine:$VERSION»\n',
        why: 'Where `--build-arg VERSION=…` is in a script, a Compose file or the like, this is a hint.',
      },
      { code: 'FROM «Ubuntu:24.04»\n', fixed: 'FROM ubuntu:24.04\n' },
      { code: 'FROM «alpine:»\n' },
      {
        code: 'FROM alpine:3.22 AS Base\nFROM «Base»\n',
        fixed: 'FROM alpine:3.22 AS Base\nFROM base\n',
        why: 'FROM finds a stage by its name in small letters.',
      },
    ],
    good: [
      { code: 'ARG VERSION=3.22\nFROM alpine:$VERSION\n', why: 'There is a default.' },
      {
        code: 'ARG VERSION\nFROM alpine:$VERSION\n',
        files: { 'compose.yaml': 'services:\n  web:\n    build: {context: ., args: {VERSION: "3.22"}}\n' },
        why: 'The Compose service that is built from the file passes the argument.',
      },
      { code: 'ARG SUFFIX\nFROM alpine:3.22$SUFFIX\n', why: 'The name is valid without the suffix.' },
      { code: 'FROM debian:13 AS base-amd64\nFROM base-${TARGETARCH}\n', why: 'The platform arguments have values.' },
      { code: 'FROM alpine:3.22 AS Base\nFROM base\n', why: 'The name of a stage.' },
    ],
  },
  stage: {},
  check({ facts, reading, report }) {
    const values = fromArguments(facts);
    for (const stage of facts.stages) {
      const image = stage.from.instruction.from?.image;
      if (!image || validityOf(stage.from.instruction).valid) continue;
      const result = lex(image.text, { escape: stage.from.instruction.escape, lookup: name => values.get(name) });
      // BuildKit stops at what it cannot expand.
      if (result.error !== undefined) return;
      if (result.gaveUp) continue;
      const lower = result.value.toLowerCase();
      // FROM finds a stage only by its name in small letters, whatever letters its AS has.
      const isStage = stage.base.kind === 'stage';
      if (isValidReference(result.value) || (reading === 'own' && isStage && result.value === lower)) continue;
      const empty = result.variables.filter(use => !values.get(use.name));
      // What always gets its values from Compose is complete, although BuildKit warns of it.
      const isComplete = empty.length > 0 && empty.every(use => values.has(use.name) && composePasses(facts, use.name));
      if (reading === 'own' && isComplete) continue;
      const unset = empty.find(use => !mayBePassed(facts, values, use.name)) ?? empty[0];
      // A required argument can be what the author wants, where something gives it.
      const isOnPurpose = unset !== undefined && mayBePassed(facts, values, unset.name);
      report(stage.from, {
        span: image.span,
        message: unset
          ? isOnPurpose
            ? `Without \`--build-arg\`, “${result.value}” is not a valid image name. Give “${unset.name}” a default.`
            : `The build fails without \`--build-arg\`: “${result.value}” is not a valid image name. Give “${unset.name}” a default.`
          : isStage
            ? `FROM finds a stage only by its lower-case name. Write “${lower}”.`
            : `“${result.value}” is not a valid image name. Correct it.`,
        ...(isOnPurpose ? { severity: 'hint' as const } : {}),
        fixes:
          !image.text.includes('$') && isValidReference(lower)
            ? [
                {
                  title: `Change to “${lower}”`,
                  safety: 'review',
                  edits: [{ span: image.span, text: lower }],
                  effect: { arguments: true },
                },
              ]
            : [],
      });
    }
  },
});

/** Whether a file of the project gives this argument to the builds, or none can be looked into. */
const mayBePassed = ({ context }: FileFacts, declared: ReturnType<typeof fromArguments>, name: string): boolean =>
  declared.has(name) && (context === undefined || context.passedArguments?.includes(name) === true);

/** Whether every Compose service that is built from the file gives it this argument. */
function composePasses(facts: FileFacts, name: string): boolean {
  const services = finalServices(facts);
  return services.length > 0 && services.every(service => service.arguments.includes(name));
}
