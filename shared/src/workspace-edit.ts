/** The LSP's WorkspaceEdit, reduced to what Harden sends; kept free of the LSP packages so that both sides can compile it. */
export interface WorkspaceEditLike {
  readonly documentChanges: readonly unknown[];
  readonly changeAnnotations: Readonly<
    Record<string, { label: string; description?: string; needsConfirmation?: boolean }>
  >;
}
