import type { Instruction, Placed } from '../dockerfile/index.js';
import {
  type FileFacts,
  find,
  PLATFORM_ARGUMENTS,
  PROXY_ARGUMENTS,
  type Scope,
  type State,
  variablesOf,
} from '../facts/index.js';
import { defineRule, type Report, type RuleFix } from './rule.js';
import { insertAbove } from './support/placing.js';
import { shellVariables } from './support/shell-variables.js';
import { expandedWords, similarName, type Use } from './support/variables.js';

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
  signs: ['$'],
  scope: 'stage',
  checkFile({ facts, reading, report }) {
    for (const stage of facts.stages) {
      /** One ARG above the first use is enough for all of them in the stage. */
      const declared = new Map<string, RuleFix>();
      const declare = (placed: Placed, name: string): RuleFix => {
        const fix = declared.get(name) ?? declaration(facts, placed, name);
        declared.set(name, fix);
        return fix;
      };
      for (const placed of stage.instructions) {
        const { instruction } = placed;
        if (!instruction.text.includes('$')) continue;
        // Of most RUNs nothing is for Docker to expand.
        const isRun = instruction.keyword === 'RUN';
        if (isRun && instruction.flags.length === 0 && (reading !== 'own' || facts.preambleContent.parts.length === 0))
          continue;
        const state = facts.stateBefore(placed);
        const environment = state.image.env;
        if (reading === 'own' && isRun) {
          for (const use of forgottenInShell(facts, placed, state)) {
            report(placed, {
              span: use.span,
              message: message(use.name, true, undefined),
              codes: [],
              fixes: [declare(placed, use.name)],
            });
          }
        }
        for (const uses of expandedWords(instruction)) {
          for (const use of uses) {
            if (NEVER.has(use.name) || environment.has(use.name) || find(state.scope, use.name)) continue;
            if (instruction.keyword === 'ARG' && isSetBefore(instruction, use)) continue;
            if (reading === 'own' && (/^:?[-+]$/.test(use.modifier) || isSetBeside(instruction, use))) continue;
            const similar = similarName(use.name, candidates(state.scope, environment));
            const global = find(facts.globals, use.name) !== undefined;
            // What an unknown base image sets is not known; a slip and a forgotten ARG are plain all the same.
            if (!state.image.isKnown && !similar && !global && !PLATFORM.has(use.name)) continue;
            const isForgotten = global || PLATFORM.has(use.name);
            const appends = instruction.pairs.some(pair => pair.key === use.name);
            report(placed, {
              span: use.span,
              message: message(use.name, isForgotten, similar),
              ...severityOf(isForgotten, appends, state.image.isKnown),
              fixes: isForgotten
                ? [declare(placed, use.name)]
                : similar
                  ? [rename(placed, use, similar)]
                  : heredocFix(facts, placed, use, environment),
            });
          }
        }
      }
    }
  },
});

const PROXY = new Set<string>(PROXY_ARGUMENTS);

/** A guess where the base image may set the name, and a path that starts or ends with nothing, are no more than worth a look. */
function severityOf(isForgotten: boolean, appends: boolean, isKnown: boolean): Pick<Report, 'severity'> {
  if (isForgotten) return {};
  if (!isKnown || appends) return { severity: 'hint' };
  return {};
}

/** Names of the file that a shell reads first. */
const START_FILES = ['BASH_ENV', 'ENV'] as const;

/** Arguments from before the first FROM that a RUN uses as if they were still there. */
function forgottenInShell(facts: FileFacts, placed: Placed, { image, scope, shell }: State): readonly Use[] {
  // What an unknown image sets is not known, nor what a shell reads before it starts.
  if (
    !image.isKnown ||
    shell.readsProfile ||
    START_FILES.some(name => find(scope, name)) ||
    facts.preambleContent.parts.length === 0
  )
    return [];
  const { script } = facts.at(placed);
  if (!script) return [];
  return shellVariables(
    script,
    placed.instruction,
    name => find(facts.globals, name) !== undefined && !find(scope, name) && !image.env.has(name) && !PROXY.has(name),
  );
}

function message(name: string, declare: boolean, similar: string | undefined): string {
  if (declare) return `Repeat “ARG ${name}” in this stage: without it $${name} is empty here.`;
  if (similar) return `Did you mean $${similar}? $${name} is not set here, so it is empty.`;
  return /^\w+$/.test(name) && !/^\d/.test(name)
    ? `Set $${name} with ENV or ARG above: here it is empty.`
    : `Escape the dollar sign: “$${name}” is read as a variable, and is empty.`;
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

function declaration(facts: FileFacts, placed: Placed, name: string): RuleFix {
  return {
    title: `Insert “ARG ${name}” above`,
    safety: 'review',
    edits: [insertAbove(facts, placed, `ARG ${name}`)],
    effect: { inserts: ['ARG'] },
  };
}

function rename(placed: Placed, use: Use, name: string): RuleFix {
  const text = placed.instruction.text.slice(use.span.start, use.span.end);
  return {
    title: `Change to $${name}`,
    safety: 'manual',
    edits: [{ span: use.span, text: text.replace(use.name, name) }],
    effect: { arguments: true, values: true, flags: true, commands: 'words' },
  };
}

/** Quotes the delimiter of a heredoc, so that its text is taken as it stands; not where something in it is to be expanded. */
function heredocFix(facts: FileFacts, placed: Placed, use: Use, environment: ReadonlySet<string>): readonly RuleFix[] {
  const { instruction } = placed;
  const heredoc = instruction.heredocs.find(one => one.span.start <= use.span.start && use.span.end <= one.span.end);
  if (!heredoc || heredoc.content.includes('\\')) return [];
  const { scope } = facts.stateBefore(placed);
  const others = instruction.variablesIn({ text: heredoc.content, at: [0], source: [heredoc.span.start] }, true);
  const isMeant = (name: string): boolean =>
    environment.has(name) ||
    name === 'PATH' ||
    PLATFORM.has(name) ||
    find(scope, name) !== undefined ||
    find(facts.globals, name) !== undefined;
  if (others.some(one => isMeant(one.name))) return [];
  const opener = new RegExp(`<<-?\\s*(${heredoc.name.replace(/\W/g, '\\$&')})(?!\\w)`).exec(instruction.text);
  if (!opener) return [];
  const end = opener.index + opener[0].length;
  return [
    {
      title: 'Quote the delimiter, so that nothing in the text is expanded',
      safety: 'review',
      edits: [{ span: { start: end - heredoc.name.length, end }, text: `'${heredoc.name}'` }],
      effect: { arguments: true, commands: 'words' },
    },
  ];
}
