import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver-types';
import type { Completion } from '../features/completion/index.js';
import type { LineIndex } from '../text/line-index.js';
import { toTextEdit } from './convert.js';

const KINDS: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  keyword: CompletionItemKind.Keyword,
  flag: CompletionItemKind.Property,
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  stage: CompletionItemKind.Module,
  image: CompletionItemKind.Module,
  tag: CompletionItemKind.Constant,
  variable: CompletionItemKind.Variable,
  rule: CompletionItemKind.EnumMember,
};

export const toCompletions = (index: LineIndex, completions: readonly Completion[]): CompletionItem[] =>
  completions.map(({ label, kind, span, detail, order }) => ({
    label,
    kind: KINDS[kind],
    textEdit: toTextEdit(index, { span, text: label }),
    ...(detail === undefined ? {} : { detail }),
    // Editors sort by text.
    ...(order === undefined ? {} : { sortText: `${String(order).padStart(6, '0')} ${label}` }),
  }));
