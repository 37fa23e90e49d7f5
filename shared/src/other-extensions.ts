/** What another extension of VS Code says about Dockerfiles, as far as it is certain that it does. */
export interface OtherExtension {
  /** Matches its identifier, in lower case. */
  readonly id: RegExp;
  /** Matches the codes of the findings that it shows as well. */
  readonly codes: RegExp;
  /** It reports keywords that Docker does not know. All other syntax errors are always ours to report. */
  readonly unknownKeywords: boolean;
}

/** An extension that is in none of the rows reports nothing about Dockerfiles that is known here. */
export const OTHER_EXTENSIONS: readonly OtherExtension[] = [
  {
    // Docker and Container Tools run the Dockerfile language server, https://github.com/rcjsuen/dockerfile-utils
    // (VALIDATOR.md). These are the checks that Docker's own extension leaves to it: docker/vscode-extension#33, #45.
    id: /^ms-azuretools\.vscode-(?:docker|containers)$/,
    codes:
      /^(?:ConsistentInstructionCasing|DuplicateStageName|MaintainerDeprecated|MultipleInstructionsDisallowed|NoEmptyContinuation|WorkdirRelativePath)$/,
    unknownKeywords: true,
  },
  {
    // Extensions that run hadolint show all that it says: exiasr.hadolint (https://github.com/michaellzc/vscode-hadolint)
    // and its forks. DL1000 is a syntax error, about which hadolint and Docker often disagree.
    id: /\.(?:vscode-)?hadolint$/,
    codes: /^(?:DL(?!1000)|SC)\d{4}$/,
    unknownKeywords: false,
  },
  // Not docker.docker: it asks a running Docker, and says nothing without one (docker/docker-language-server#497).
];

export const isOtherExtension = (id: string): boolean =>
  OTHER_EXTENSIONS.some(other => other.id.test(id.toLowerCase()));
