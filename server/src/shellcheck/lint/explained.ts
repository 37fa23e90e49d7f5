import type { RuleMeta } from '../../rules/rule.js';
import { type ShellcheckExplanation, shellcheckExplanations } from '../index.js';
import { SHELLCHECK_RULE } from './rule.js';

/** Every code that we have words of our own for. */
export const explainedCodes = (): readonly string[] => Object.keys(shellcheckExplanations()).map(code => `SC${code}`);

const dockerfile = (script: string, shell: ShellcheckExplanation['shell']): string => {
  const head = `FROM debian:12\n${shell ? `SHELL ["/bin/${shell}", "-c"]\n` : ''}`;
  return script.includes('\n') ? `${head}RUN <<EOF\n${script}\nEOF\n` : `${head}RUN ${script}\n`;
};

/** What a code of ShellCheck's (`SC2086`, in any case) means, in the form of a rule; undefined for what is no such code. */
export function shellcheckRule(name: string): RuleMeta | undefined {
  const code = /^sc(\d{4})$/i.exec(name.trim())?.[1];
  if (code === undefined) return undefined;
  const explained = shellcheckExplanations()[Number(code)];
  const id = `SC${code}`;
  if (!explained) return { ...SHELLCHECK_RULE, id };
  const { summary, rationale, bad, good, shell } = explained;
  const fixed = good === undefined ? {} : { fixed: dockerfile(good, shell) };
  return {
    ...SHELLCHECK_RULE,
    id,
    summary,
    rationale,
    examples: { bad: [{ code: dockerfile(bad, shell), ...fixed }], good: [] },
  };
}
