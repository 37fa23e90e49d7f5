import type { Instruction, Placed, Word } from '../dockerfile/index.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { defineRule, type Report, type RuleFix } from './rule.js';

/** Programs that take their arguments as they are: none of them replaces variables or patterns. */
const LITERAL =
  /^(?:java|node|nodejs|npm|npx|yarn|pnpm|bun|deno|python[\d.]*|uvicorn|gunicorn|hypercorn|flask|celery|php|ruby|bundle|puma|dotnet|nginx|httpd|serve|http-server|streamlit|caddy|echo|cat|ls|sleep|cp|mv|mkdir)$/;
const SHELL = /^(?:ba|da|a|k|z)?sh$/;
const OPERATORS = new Set(['&&', '||', '|', '>', '>>', '<', '2>&1']);
/** These have operators of their own. */
const OWN_OPERATORS = /^(?:test|\[|expr|find|awk|gawk|mawk|sed|jq|xargs|env|sh|bash|dash|ash)$/;

const baseName = (path: string): string => path.replace(/^.*\//, '');

/** Several words in one string: a program of that name is looked for. */
function isCommandLine({ text }: Word): boolean {
  const [program = '', ...rest] = text.split(/\s+/);
  if (rest.length === 0 || !/^[a-z][\w.+-]*$/.test(program)) return rest.some(word => /^-{1,2}[a-z]/i.test(word));
  return true;
}

const QUOTING = /["'\\$`;&|<>*?(){}[\]~#]/;

function splitFix(program: Word): RuleFix[] {
  if (QUOTING.test(program.text)) return [];
  const parts = program.text.trim().split(/\s+/);
  return [
    {
      title: 'Make each word a separate string',
      safety: 'review',
      edits: [{ span: program.span, text: parts.map(part => JSON.stringify(part)).join(', ') }],
      effect: { arguments: true, commands: true },
    },
  ];
}

/** The same command line, read by a shell that the program then takes the place of. */
function shellFix(instruction: Instruction, words: readonly Word[]): RuleFix[] {
  const first = words[0];
  const last = words.at(-1);
  if (!first || !last || instruction.keyword === 'RUN' || instruction.keyword === 'HEALTHCHECK') return [];
  if (words.some(({ text }) => /["'\\`\s;&|<>()]/.test(text))) return [];
  return [
    {
      title: 'Run it with a shell, which expands the variable',
      safety: 'review',
      edits: [
        {
          span: { start: first.span.start, end: last.span.end },
          text: ['sh', '-c', `exec ${words.map(({ text }) => text).join(' ')}`]
            .map(text => JSON.stringify(text))
            .join(', '),
        },
      ],
      effect: { arguments: true, commands: true },
    },
  ];
}

/** What follows the script after -c is not run: it becomes $0, $1 and so on. */
function lostWords(words: readonly Word[]): Word | undefined {
  const option = words.findIndex(({ text }, index) => index > 0 && /^-[a-z]*c$/.test(text));
  const script = words[option + 1];
  const rest = words.slice(option + 2);
  if (option < 0 || !script || rest.length === 0 || /\$(?:[\d@*#]|\{[\d@*#])/.test(script.text)) return undefined;
  // A lone program name looks as if the others were its arguments; a whole script may have been given a name for $0.
  return /^[\w./-]+$/.test(script.text) && rest[0]?.text !== '--' ? rest[0] : undefined;
}

function problemOf(instruction: Instruction, isProgram: boolean): Report | undefined {
  const words = instruction.json ?? [];
  const [program, ...args] = words;
  if (!program) return undefined;
  if (isProgram && isCommandLine(program)) {
    return {
      span: program.span,
      message: `In exec form, “${program.text}” is the name of one program, which does not exist. Make each word a separate string.`,
      fixes: splitFix(program),
    };
  }
  if (isProgram && /^\$(?:[A-Za-z_]|\{)/.test(program.text)) {
    return {
      span: program.span,
      message: `The exec form has no shell, so “${program.text}” is not expanded and the program is not found. Use the shell form, or write the path.`,
      fixes: shellFix(instruction, words),
    };
  }
  const name = baseName(program.text);
  if (SHELL.test(name)) {
    const lost = lostWords(words);
    return lost && isProgram
      ? {
          span: lost.span,
          message:
            'Only the string right after -c is run; this one is not part of it. Put the whole command into one string.',
          severity: 'warning',
        }
      : undefined;
  }
  if (!isProgram) return undefined;
  const operator = OWN_OPERATORS.test(name) ? undefined : args.find(({ text }) => OPERATORS.has(text));
  if (operator) {
    return {
      span: operator.span,
      message: `The exec form has no shell, so “${operator.text}” is passed to ${name} as an argument. Use the shell form.`,
      severity: 'warning',
    };
  }
  if (!LITERAL.test(name)) return undefined;
  const variable = args.find(({ text }) =>
    /^(?:--?[\w-]+=)?\$(?:[A-Z_][A-Z\d_]+|\{[A-Z_][A-Z\d_]*(?::?[-+][^}]*)?\})(?:$|[/:.])/.test(text),
  );
  const pattern = args.find(
    ({ text }, index) => name === 'java' && /\*[\w.-]*\.jar$/.test(text) && args[index - 1]?.text === '-jar',
  );
  const literal = variable ?? pattern;
  return literal
    ? {
        span: literal.span,
        message: `The exec form has no shell, so ${name} gets “${literal.text}” as it is written. Use the shell form, or start it with sh -c.`,
        severity: 'warning',
        fixes: shellFix(instruction, words),
      }
    : undefined;
}

/** Whether the words of a CMD are a program, and not the arguments of an ENTRYPOINT. */
function startsProgram(facts: FileFacts, stage: Stage, placed: Placed): boolean {
  if (placed.instruction.keyword !== 'CMD') return true;
  const lineage = facts.lineage(stage);
  if (lineage.some(({ instruction }) => instruction.keyword === 'ENTRYPOINT')) return false;
  return !facts
    .descendants(stage)
    .some(descendant => descendant.instructions.some(({ instruction }) => instruction.keyword === 'ENTRYPOINT'));
}

export default defineRule({
  id: 'exec-form-without-shell',
  codes: [],
  summary: 'An exec form relies on shell features.',
  rationale:
    'In the exec form Docker starts the first string as a program and passes the others to it as they are. Nobody splits words, replaces variables and patterns, or understands `&&`: `CMD ["npm start"]` looks for a program with a space in its name, and `["java", "$JAVA_OPTS"]` gives java a dollar sign.',
  category: 'correctness',
  practice: 'one-process',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM node:24\nUSER node\nCMD [«"npm start"»]\n',
        fixed: 'FROM node:24\nUSER node\nCMD ["npm", "start"]\n',
      },
      {
        code: 'FROM eclipse-temurin:25-jre\nUSER 1000\nENTRYPOINT ["java", «"$JAVA_OPTS"», "-jar", "/app.jar"]\n',
        fixed:
          'FROM eclipse-temurin:25-jre\nUSER 1000\nENTRYPOINT ["sh", "-c", "exec java $JAVA_OPTS -jar /app.jar"]\n',
      },
      {
        code: 'FROM debian:13\nENV APP_DIR=/srv\nENTRYPOINT [«"$APP_DIR/start.sh"»]\n',
        fixed: 'FROM debian:13\nENV APP_DIR=/srv\nENTRYPOINT ["sh", "-c", "exec $APP_DIR/start.sh"]\n',
      },
      { code: 'FROM debian:13\nRUN [«"apt-get update"»]\n', fixed: 'FROM debian:13\nRUN ["apt-get", "update"]\n' },
      { code: 'FROM debian:13\nCMD ["sh", "-c", "echo", «"$HOME"»]\n' },
      { code: 'FROM python:3.13\nCMD ["python", "manage.py", "migrate", «"&&"», "gunicorn", "app"]\n' },
      {
        code: 'FROM node:24-alpine\nHEALTHCHECK CMD [«"wget -qO- http://localhost/"»]\n',
        fixed: 'FROM node:24-alpine\nHEALTHCHECK CMD ["wget", "-qO-", "http://localhost/"]\n',
      },
    ],
    good: [
      { code: 'FROM node:24\nCMD ["sh", "-c", "exec node server.js --port $PORT"]\n', why: 'A shell reads it.' },
      {
        code: 'FROM debian:13\nCMD ["sh", "-c", "exec \\"$@\\"", "--", "id"]\n',
        why: 'The script uses its arguments.',
      },
      { code: 'FROM debian:13\nCMD ["awk", "{ print $1 }", "/etc/passwd"]\n', why: 'The dollar sign is for awk.' },
      { code: 'FROM debian:13\nENTRYPOINT ["/opt/My Server/run"]\n', why: 'A path may have a space in it.' },
      {
        code: 'FROM debian:13\nENTRYPOINT ["/start.sh"]\nCMD ["serve --all"]\n',
        why: 'The script gets it as an argument.',
      },
      { code: 'FROM eclipse-temurin:25-jre\nCMD ["java", "-cp", "/app/*", "Main"]\n', why: 'java reads this pattern.' },
    ],
  },
  reading: 'own',
  stage: { keywords: ['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'RUN'] },
  check({ facts, report }) {
    for (const stage of facts.stages) {
      if (stage.image.family === 'windows') continue;
      for (const placed of stage.instructions) {
        const { instruction } = placed;
        if (!/^(?:CMD|ENTRYPOINT|HEALTHCHECK|RUN)$/.test(instruction.keyword) || !instruction.json) continue;
        const problem = problemOf(instruction, startsProgram(facts, stage, placed));
        if (problem) report(placed, problem);
      }
    }
  },
});
