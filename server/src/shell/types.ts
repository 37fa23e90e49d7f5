import type { Joined } from '../dockerfile/index.js';
import type { Span } from '../text/span.js';

/** All spans of the shell layer are relative to the first character of the instruction that holds the script. */
export interface ShellWord {
  /** As written, continuation lines joined. */
  readonly text: string;
  /** Quotes and escapes resolved; expansions stay as they are written. */
  readonly value: string;
  readonly span: Span;
  /** Nothing in it is expanded: no variable, substitution, glob or brace expression outside quotes. */
  readonly literal: boolean;
  readonly quoted: boolean;
  /** Names of the variables in it, in order. */
  readonly variables: readonly string[];
}

export interface ShellAssignment {
  /** As written, continuation lines joined. */
  readonly text: string;
  readonly name: string;
  readonly value: ShellWord | undefined;
  readonly span: Span;
}

export interface ShellRedirect {
  /** File descriptor, operator and target without spaces; the body too where it is a heredoc. */
  readonly text: string;
  readonly operator: string;
  readonly target: ShellWord | undefined;
  readonly span: Span;
}

/** How a command is in its list. */
export type ListOperator = '' | '&&' | '||' | ';' | '&' | '\n';

export interface ShellCommand {
  /** Undefined for a command of assignments or redirections only. */
  readonly name: ShellWord | undefined;
  /** The name without directory; empty when the name is not literal. */
  readonly base: string;
  readonly args: readonly ShellWord[];
  readonly assignments: readonly ShellAssignment[];
  readonly redirects: readonly ShellRedirect[];
  /** From the first to the last token of the command, redirections included. */
  readonly span: Span;
  /** The wrapper that runs it: `sudo`, `env`, `exec`, `xargs`, `sh -c`, `exec form`; undefined for none. */
  readonly via: string | undefined;
  /**
   * Whether shell text may be inserted into it as it is. Not so inside quotes (`sh -c '…'`) and in the exec form,
   * where the same edit would need other quoting, in a substitution (`$(…)`), which is part of another command's word, and
   * in a script with errors.
   */
  readonly editable: boolean;
  /** Directly in the script's own list: not inside a compound command, substitution, function or `sh -c`. */
  readonly top: boolean;
  /** The list item it belongs to (its innermost list). */
  readonly item: ShellItem | undefined;
  /** For `perCommand`. */
  readonly kept: unknown[];
}

export type ShellNode =
  | { readonly kind: 'command'; readonly span: Span; readonly command: ShellCommand }
  | {
      readonly kind: 'subshell' | 'group' | 'if' | 'for' | 'while' | 'case' | 'function' | 'test' | 'other';
      readonly span: Span;
      /** What it says beside its lists: a loop's name and words, the patterns of a case, a test. */
      readonly head: string;
      readonly lists: readonly ShellList[];
      readonly redirects: readonly ShellRedirect[];
    };

/** One pipeline of a list. */
export interface ShellItem {
  readonly span: Span;
  /** What joins it to the item before; empty for the first. */
  readonly operator: ListOperator;
  readonly background: boolean;
  readonly negated: boolean;
  /** What is before and between its nodes: `!`, `time`, `|`, `|&`. */
  readonly operators: string;
  readonly nodes: readonly ShellNode[];
}

export interface ShellList {
  readonly items: readonly ShellItem[];
}

export interface ShellScript {
  /** The text that a shell would get, with its way back to the instruction. */
  readonly source: Joined;
  readonly list: ShellList;
  /** Every command, nested ones included, in the order of their text. */
  readonly commands: readonly ShellCommand[];
  /** `at` is the offset in `source.text`. */
  readonly errors: readonly { readonly message: string; readonly at: number; readonly span: Span }[];
  /** Where the text comes from. */
  readonly form: 'shell' | 'heredoc' | 'exec';
  /** The interpreter that a heredoc's `#!` line names, e.g. `python3`; undefined for the shell in force. */
  readonly interpreter: string | undefined;
  /** Some word or list uses a pipe. */
  readonly hasPipe: boolean;
  /** Equal for exec forms of the same words; empty for text that a shell reads. */
  readonly signature: string;
  /** For `perScript`. */
  readonly kept: unknown[];
}
