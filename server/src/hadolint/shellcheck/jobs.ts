import { type Instruction, type Joined, type Placed, parseReference, perInstruction } from '../../dockerfile/index.js';
import { type FileFacts, PROXY_ARGUMENTS } from '../../facts/index.js';
import { heredocBody, heredocReadByShell, scriptOf } from '../../shell/index.js';
import { type LintRequest, OFF_FOR_HADOLINT, type ShellDialect } from '../../shellcheck/index.js';
import type { ShellJob } from '../../shellcheck/script-job.js';

const OFF: readonly number[] = OFF_FOR_HADOLINT.map(row => row.code);

/** What hadolint's ShellCheck rule remembers on its way through a file. */
interface Memory {
  /** First word of SHELL. */
  readonly shell: string;
  readonly names: readonly string[];
  readonly key: string;
}

const PROXIES = PROXY_ARGUMENTS.filter(name => !/^all_proxy$/i.test(name));
const START: Memory = { shell: '/bin/sh', names: PROXIES, key: '' };
const SHELL_PRAGMA = /^hadolint\s+shell\s*=\s*([^\s#]+)/;

/** ShellCheck takes a shell's name from the line `#!…`; the beginning of a name is enough there, and ash is read as dash. */
const DIALECTS = [
  [/^bash/, 'bash'],
  [/^(?:dash|ash)/, 'dash'],
  [/^ksh/, 'ksh'],
  [/^sh/, 'sh'],
  // Shells whose names it does not know are read as bash.
  [/^(?:busybox|env$|env bash|(?:m|l|o|pd)ksh|yash)/, 'bash'],
] as const satisfies readonly (readonly [RegExp, ShellDialect])[];

function dialect(command: string): ShellDialect | undefined {
  if (/pwsh|powershell|cmd/.test(command)) return undefined;
  const name = /^(?:\S*\/)?(.*)$/.exec(command)?.[1] ?? '';
  return DIALECTS.find(([pattern]) => pattern.test(name))?.[1];
}

/** The only lines `#!…` of a heredoc with which it is read; the shell is that of SHELL all the same. */
const READ_SHEBANG = /^#!(?:\/bin\/|\/usr\/bin\/env )(?:sh|bash|ksh)/;

/** The text that ShellCheck gets, and the shell where the instruction itself names one. */
function scriptFor(instruction: Instruction): { source: Joined; shell: string | undefined } | undefined {
  const script = scriptOf(instruction);
  if (!script || script.form === 'exec') return undefined;
  const fed = heredocReadByShell(instruction, script);
  // Only where the heredoc comes first: of `bash <<EOF` hadolint sees no more than `bash`.
  if (fed && instruction.arguments.text.startsWith('<<')) return { source: heredocBody(fed.heredoc), shell: fed.shell };
  const { source } = script;
  const start = source.text.trimStart();
  if (script.form === 'heredoc' && start.startsWith('#!') && !READ_SHEBANG.test(start)) return undefined;
  return { source, shell: script.interpreter };
}

function remember(memory: Memory, instruction: Instruction): Memory {
  switch (instruction.keyword) {
    case 'SHELL':
      return { ...memory, shell: instruction.json?.[0]?.text ?? instruction.words[0]?.text ?? memory.shell };
    case 'ENV':
    case 'ARG': {
      const names = instruction.pairs.map(pair => pair.key);
      return { ...memory, names: [...memory.names, ...names], key: `${memory.key},${names.join()}` };
    }
    default:
      return memory;
  }
}

const keptWith = perInstruction((): { last?: { readonly key: string; readonly request: LintRequest } } => ({}));

function requestFor(
  instruction: Instruction,
  script: NonNullable<ReturnType<typeof scriptFor>>,
  under: Memory,
): LintRequest | undefined {
  const shell = dialect(script.shell ?? under.shell);
  if (!shell) return undefined;
  const key = `${shell} ${under.key}`;
  const kept = keptWith(instruction);
  if (kept.last?.key === key) return kept.last.request;
  const request = { script: script.source.text, shell, assigned: under.names };
  kept.last = { key, request };
  return request;
}

/**
 * The scripts that hadolint hands to ShellCheck, as it does: RUN only, variables and SHELL also before the first FROM,
 * nothing of the base image. It walks through a file twice, the second time seeing nothing but what is behind
 * ONBUILD: so SHELL and ENV do not count for ONBUILD RUN, and FROM does not end what ONBUILD has set.
 */
export function hadolintJobs(facts: FileFacts): ShellJob[] {
  const jobs: ShellJob[] = [];
  const stages = new Map<string, Memory>();
  let initial = START;
  let memory = START;
  let triggers = START;
  let stage: string | undefined;
  let begun = false;

  const run = (placed: Placed, instruction: Instruction, under: Memory): void => {
    const script = scriptFor(instruction);
    const request = script && requestFor(instruction, script, under);
    if (script && request)
      jobs.push({ placed, source: script.source, request, off: OFF, shell: 'unknown', knowsImage: false });
  };

  for (const placed of facts.dockerfile.instructions) {
    const { instruction } = placed;
    for (const comment of placed.leading) {
      const shell = SHELL_PRAGMA.exec(comment.text)?.[1];
      if (shell === undefined) continue;
      memory = { ...memory, shell };
      triggers = { ...triggers, shell };
      if (!begun) initial = { ...START, shell };
    }
    if (instruction.from) {
      const base = stages.get(parseReference(instruction.from.image.text).path);
      memory = base ?? initial;
      stage = instruction.from.name?.text;
    }
    begun ||= /^(?:FROM|ARG|ENV|SHELL)$/.test(instruction.keyword);
    const { trigger } = instruction;
    if (trigger?.keyword === 'RUN') run(placed, trigger, triggers);
    else if (trigger) triggers = remember(triggers, trigger);
    else if (instruction.keyword === 'RUN') run(placed, instruction, memory);
    else memory = remember(memory, instruction);
    if (stage !== undefined) stages.set(stage, memory);
  }
  return jobs;
}
