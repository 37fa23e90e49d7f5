import type { Heredoc, Instruction } from '../dockerfile/index.js';
import type { ShellScript } from './types.js';

/** `bash -e <<'EOF'`, `<<-EOF sh`: a shell that reads the heredoc as its script. */
const READS_HEREDOC =
  /^(?:\d*<<-?\S+\s+)?(?:\/(?:usr\/)?bin\/)?(\w+)((?:\s+-(?:o\s+\w+|[a-bd-z]*))*)(?:\s+\d*<<-?\S+)?$/;

/** The heredoc of an instruction that does nothing but hand it to one program, as a rule a shell; undefined for others. */
export function heredocReadByShell(
  instruction: Instruction,
  script: ShellScript,
): { readonly heredoc: Heredoc; readonly shell: string; readonly errexit: boolean } | undefined {
  const [heredoc] = instruction.heredocs;
  if (script.form !== 'shell' || !heredoc || instruction.heredocs.length > 1) return undefined;
  const [, shell, options = ''] = READS_HEREDOC.exec(instruction.arguments.text.trim()) ?? [];
  return shell ? { heredoc, shell, errexit: /\s-\w*e/.test(options) } : undefined;
}
