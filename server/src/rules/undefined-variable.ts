import type { Instruction, Placed } from '../dockerfile/index.js';
import { insertAbove } from '../edits/placing.js';
import {
  type FileFacts,
  find,
  PLATFORM_ARGUMENTS,
  PROXY_ARGUMENTS,
  type Scope,
  type Stage,
  type State,
  variablesOf,
} from '../facts/index.js';
import { expandedWords, type Use } from '../facts/variables.js';
import { similarName } from '../text/closest.js';
import { defineRule, type Reading, type Report, type RuleFix } from './rule.js';
import { heredocFix, rename } from './undefined-variable/fixes.js';
import { shellVariables } from './undefined-variable/shell-variables.js';

/** Names that BuildKit does not report: PATH is always set, the others are read by the builder. */
const NEVER = new Set(['PATH', 'BUILDKIT_SBOM_SCAN_CONTEXT', 'BUILDKIT_SBOM_SCAN_STAGE']);
const PLATFORM = new Set<string>(PLATFORM_ARGUMENTS);

export default defineRule({
  id: 'undefined-variable',
  codes: ['UndefinedVar'],
  summary: 'An instruction uses a variable that is not set at that point.',
  rationale:
    'Docker puts nothing in its place, so a path or value silently comes out shorter. Only `ENV` and `ARG` above it in the same stage, or in the stage it is built on, and the environment of the base image count: an `ARG` before the first `FROM` has to be repeated in the stage, and so do platform arguments such as `TARGETARCH`. `HOME` is set when a command runs, not while the file is read.',
  category: 'correctness',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'ARG INSTALL_PATH=/opt/app\nFROM ubuntu:24.04\n# Where it goes.\nWORKDIR «${INSTALL_PATH}»\n',
        fixed:
          'ARG INSTALL_PATH=/opt/app\nFROM ubuntu:24.04\nARG INSTALL_PATH\n# Where it goes.\nWORKDIR ${INSTALL_PATH}\n',
      },
      { code: 'FROM ubuntu:24.04\nENV PATH=$PATH:«$HOME»/bin\n' },
      { code: 'FROM alpine:3.22\nCOPY «$foo» .\nARG foo=bar\n', why: 'The ARG comes too late.' },
      {
        code: 'FROM alpine:3.22\nENV APP_DIR=/srv\nWORKDIR «$AP_DIR»\n',
        fixed: 'FROM alpine:3.22\nENV APP_DIR=/srv\nWORKDIR $APP_DIR\n',
      },
      {
        code: 'FROM alpine:3.22\nCOPY app-«$TARGETARCH» /app\n',
        fixed: 'FROM alpine:3.22\nARG TARGETARCH\nCOPY app-$TARGETARCH /app\n',
      },
      {
        code: 'FROM debian:12\nCOPY <<EOF /etc/environment\nLANG=«$LC_ALL»\nEOF\n',
        fixed: "FROM debian:12\nCOPY <<'EOF' /etc/environment\nLANG=$LC_ALL\nEOF\n",
        why: 'The body of a heredoc is expanded.',
      },
      {
        code: 'ARG VERSION=1.0\nFROM alpine:3.22\nLABEL version=«$VERSION»\nENV V=«$VERSION»\nRUN echo "«$VERSION»"\n',
        fixed:
          'ARG VERSION=1.0\nFROM alpine:3.22\nARG VERSION\nLABEL version=$VERSION\nENV V=$VERSION\nRUN echo "$VERSION"\n',
        why: 'Once in the stage is enough.',
      },
      {
        code: 'ARG VERSION=1.2\nFROM debian:12\nRUN echo «$VERSION» > /version\n',
        fixed: 'ARG VERSION=1.2\nFROM debian:12\nARG VERSION\nRUN echo $VERSION > /version\n',
        why: 'An argument from the top of the file does not reach into a stage.',
      },
    ],
    good: [
      {
        code: 'FROM rocker/ml:4.4\nENV LD_LIBRARY_PATH=$LD_LIBRARY_PATH:/opt/lib\n',
        why: 'Nobody has listed what each image of this maker sets.',
      },
      {
        code: 'ARG VERSION=1.2\nFROM debian:12\nRUN . /etc/os-release && echo $VERSION && V=1 && echo ${VERSION:-$V}\n',
        why: 'A file that is read may set it.',
      },
      {
        code: 'ARG NPM_TOKEN\nFROM node:22\nRUN --mount=type=secret,id=n,env=NPM_TOKEN test -n "$NPM_TOKEN"\n',
        why: 'The secret is in that variable.',
      },
      {
        code: 'ARG A=1\nARG B=1\nFROM debian:13\nRUN : "${A:=2}" && printf -v B %s x && echo "$A$B"\n',
        why: 'The commands set them.',
      },
      {
        code: 'ARG A=1\nFROM debian:13\nSHELL ["/bin/bash", "-lc"]\nRUN echo "$A"\n',
        why: 'A login shell reads files that may set it.',
      },
      { code: 'FROM alpine:3.22\nENV PATH="/opt/bin:$PATH"\n', why: 'PATH is always set.' },
      { code: 'FROM alpine:3.22\nARG DIR\nWORKDIR /srv/$DIR\n', why: 'Declared, if without a value.' },
      { code: 'FROM alpine:3.22 AS base\nENV DIR=/srv\nFROM base\nWORKDIR $DIR\n', why: 'Set in the stage below.' },
      { code: 'FROM alpine:3.22\nRUN echo $foo\nCMD echo $bar\n', why: 'The shell expands these.' },
      { code: "FROM alpine:3.22\nLABEL price='$5'\n", why: 'Single quotes keep the dollar.' },
      { code: 'FROM example/unknown:1\nWORKDIR $APP_HOME\n', why: 'The base image may set it.' },
      {
        code: 'FROM example/unknown:1\nWORKDIR $GOPATH/src\n',
        why: 'It is not like PATH, and the base image may set it.',
      },
      { code: 'FROM alpine:3.22\nWORKDIR ${DIR:-/srv}\n', why: 'There is a default.' },
    ],
  },
  stage: { signs: ['$'] },
  check({ facts, reading, report }) {
    for (const stage of facts.stages) {
      let toDeclare: Declarations | undefined;
      for (const placed of stage.instructions) {
        for (const missing of missingIn(facts, placed, reading)) {
          const { use, isForgotten, similar, inShell, isKnown } = missing;
          const appends = placed.instruction.pairs.some(pair => pair.key === use.name);
          if (isForgotten) toDeclare ??= declarationsFor(facts, stage, reading);
          report(placed, {
            span: use.span,
            message: message(use.name, isForgotten ? declarationOf(facts, use.name) : undefined, similar),
            ...(inShell ? { codes: [] } : {}),
            ...severityOf(isForgotten, appends, isKnown),
            fixes: isForgotten
              ? declaration(facts, toDeclare, use.name)
              : similar
                ? [rename(placed, use, similar)]
                : heredocFix(facts, placed, use),
          });
        }
      }
    }
  },
});

/** A variable that is not set where an instruction uses it. */
interface Missing {
  readonly use: Use;
  /** An ARG of the stage would set it: it is declared above all stages, or by the builder. */
  readonly isForgotten: boolean;
  readonly similar: string | undefined;
  /** The shell expands it, not Docker. */
  readonly inShell: boolean;
  /** What the base image sets is known. */
  readonly isKnown: boolean;
}

function missingIn(facts: FileFacts, placed: Placed, reading: Reading): readonly Missing[] {
  const { instruction } = placed;
  if (!instruction.text.includes('$')) return [];
  // Of most RUNs nothing is for Docker to expand.
  const isRun = instruction.keyword === 'RUN';
  if (isRun && instruction.flags.length === 0 && (reading !== 'own' || !mayForget(facts, instruction))) return [];
  const state = facts.stateBefore(placed);
  const { env: environment, envIsComplete: isKnown } = state.image;
  const missing: Missing[] =
    reading === 'own' && isRun
      ? forgottenInShell(facts, placed, state).map(use => ({
          use,
          isForgotten: true,
          similar: undefined,
          inShell: true,
          isKnown,
        }))
      : [];
  for (const use of expandedWords(instruction).flat()) {
    if (NEVER.has(use.name) || environment.has(use.name) || find(state.scope, use.name)) continue;
    if (instruction.keyword === 'ARG' && isSetBefore(instruction, use)) continue;
    if (reading === 'own' && (/^:?[-+]$/.test(use.modifier) || isSetBeside(instruction, use))) continue;
    const similar = similarName(use.name, candidates(state.scope, environment));
    const isForgotten = find(facts.globals, use.name) !== undefined || PLATFORM.has(use.name);
    // What an unknown base image sets is not known; a slip and a forgotten ARG are plain all the same.
    if (!isKnown && !similar && !isForgotten) continue;
    missing.push({ use, isForgotten, similar, inShell: false, isKnown });
  }
  return missing;
}

const PROXY = new Set<string>(PROXY_ARGUMENTS);

/** A guess where the base image may set the name, and a path that starts or ends with nothing, are no more than worth a look. */
function severityOf(isForgotten: boolean, appends: boolean, isKnown: boolean): Pick<Report, 'severity'> {
  if (isForgotten) return {};
  if (!isKnown || appends) return { severity: 'hint' };
  return {};
}

/** Names of the file that a shell reads first. */
const START_FILES = ['BASH_ENV', 'ENV'] as const;

/** Only arguments from before the first FROM and those of the platform are taken to be there without an ARG. */
const mayForget = (facts: FileFacts, { text }: Instruction): boolean =>
  facts.preambleContent.parts.length > 0 || text.includes('TARGET') || text.includes('BUILD');

/** Arguments that a RUN uses as if they were there without an ARG of the stage. */
function forgottenInShell(facts: FileFacts, placed: Placed, { image, scope, shell }: State): readonly Use[] {
  // What an unknown image sets is not known, nor what a shell reads before it starts.
  if (
    !image.envIsComplete ||
    shell.readsProfile ||
    START_FILES.some(name => find(scope, name)) ||
    !mayForget(facts, placed.instruction)
  )
    return [];
  const { script } = facts.at(placed);
  if (!script) return [];
  return shellVariables(
    script,
    placed.instruction,
    name =>
      (find(facts.globals, name) !== undefined || PLATFORM.has(name)) &&
      !find(scope, name) &&
      !image.env.has(name) &&
      !PROXY.has(name),
  );
}

/** What to do about an argument that the stage has not declared. */
const declarationOf = (facts: FileFacts, name: string): 'Repeat' | 'Add' =>
  find(facts.globals, name) ? 'Repeat' : 'Add';

function message(name: string, declare: 'Repeat' | 'Add' | undefined, similar: string | undefined): string {
  if (declare)
    return `$${name} is empty here, since this stage does not declare it. ${declare} “ARG ${name}” in this stage.`;
  if (similar) return `$${name} is not set here, so it is empty. Did you mean $${similar}?`;
  return /^\w+$/.test(name) && !/^\d/.test(name)
    ? `$${name} is not set here, so it is empty. Set it with ENV or ARG first.`
    : `“$${name}” is read as a variable and is empty. Escape the dollar sign.`;
}

/** `ARG a=1 b=$a`: the values of one ARG are read one after the other. */
function isSetBefore(instruction: Instruction, use: Use): boolean {
  return instruction.pairs.some(pair => pair.key === use.name && pair.span.end <= use.span.start);
}

/** Another value of the same ENV sets it: that has a rule of its own. */
function isSetBeside({ keyword, pairs }: Instruction, use: Use): boolean {
  const holder = pairs.find(pair => pair.span.start <= use.span.start && use.span.end <= pair.span.end);
  return keyword === 'ENV' && holder?.key !== use.name && pairs.some(pair => pair !== holder && pair.key === use.name);
}

function candidates(scope: Scope, environment: ReadonlySet<string>): string[] {
  const set = [...variablesOf(scope)].filter(variable => variable.kind === 'env' || variable.value !== undefined);
  return [...environment, 'PATH', ...set.map(variable => variable.name)];
}

/** For each argument that a stage has forgotten the place of its ARG, and the arguments declared there with it. */
type Declarations = ReadonlyMap<string, { readonly above: Placed; readonly names: readonly string[] }>;

/**
 * One ARG is enough for all that uses it: the first time, be it in a stage that this one is FROM. All findings about it
 * have the same fix, so that it is there once, whichever of them is fixed first.
 */
function declarationsFor(facts: FileFacts, stage: Stage, reading: Reading): Declarations {
  const declarations = new Map<string, { readonly above: Placed; readonly names: readonly string[] }>();
  for (const placed of facts.lineage(stage)) {
    const forgotten = missingIn(facts, placed, reading).filter(one => one.isForgotten);
    const names = [...new Set(forgotten.map(({ use }) => use.name))].filter(name => !declarations.has(name));
    for (const name of names) declarations.set(name, { above: placed, names });
  }
  return declarations;
}

function declaration(facts: FileFacts, declarations: Declarations | undefined, name: string): readonly RuleFix[] {
  const place = declarations?.get(name);
  if (!place) return [];
  const lines = place.names.map(one => `ARG ${one}`);
  return [
    {
      title: `Insert ${lines.map(line => `“${line}”`).join(', ')} above`,
      safety: 'review',
      edits: [insertAbove(facts, place.above, lines.join('\n'))],
      effect: { inserts: lines.map(() => 'ARG') },
    },
  ];
}
