import type { Heredoc, Instruction } from '../dockerfile/index.js';
import type { ShellScript } from './types.js';

/** `bash -e <<'EOF'`, `<<-EOF sh`: a shell that reads the heredoc as its script. */
const FED = /^(?:\d*<<-?\S+\s+)?(?:\/(?:usr\/)?bin\/)?(\w+)((?:\s+-(?:o\s+\w+|[a-bd-z]*))*)(?:\s+\d*<<-?\S+)?$/;

/** The heredoc of an instruction that some program reads, whatever that is; undefined where there is more to it. */
export function fedHeredoc(
  instruction: Instruction,
  script: ShellScript,
): { readonly heredoc: Heredoc; readonly shell: string; readonly errexit: boolean } | undefined {
  const [heredoc] = instruction.heredocs;
  if (script.form !== 'shell' || !heredoc || instruction.heredocs.length > 1) return undefined;
  const [, shell, options = ''] = FED.exec(instruction.arguments.text.trim()) ?? [];
  return shell ? { heredoc, shell, errexit: /\s-\w*e/.test(options) } : undefined;
}
