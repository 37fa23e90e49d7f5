/** What another extension of VS Code does for Dockerfiles, as far as it is certain that it does. */
export interface OtherExtension {
  /** Matches its identifier, in lower case. */
  readonly id: RegExp;
  /** Matches the codes of the findings that it shows as well. */
  readonly codes: RegExp;
  /** It reports keywords that Docker does not know. All other syntax errors are always ours to report. */
  readonly unknownKeywords: boolean;
  /** It has outline, completion, rename and their like for Dockerfiles. */
  readonly hasLanguageFeatures: boolean;
}

/** Matches no code. */
const NOTHING = /(?!)/;

/** An extension that is in none of the rows reports nothing about Dockerfiles that is known here. */
export const OTHER_EXTENSIONS: readonly OtherExtension[] = [
  {
    // Docker and Container Tools run the Dockerfile language server, https://github.com/rcjsuen/dockerfile-utils
    // (VALIDATOR.md). These are the checks that Docker's own extension leaves to it: docker/vscode-extension#33, #45.
    id: /^ms-azuretools\.vscode-(?:docker|containers)$/,
    codes:
      /^(?:ConsistentInstructionCasing|DuplicateStageName|MaintainerDeprecated|MultipleInstructionsDisallowed|NoEmptyContinuation|WorkdirRelativePath)$/,
    unknownKeywords: true,
    hasLanguageFeatures: true,
  },
  {
    // Extensions that run hadolint show all that it says: exiasr.hadolint (https://github.com/michaellzc/vscode-hadolint)
    // and its forks. DL1000 is a syntax error, about which hadolint and Docker often disagree.
    id: /\.(?:vscode-)?hadolint$/,
    codes: /^(?:DL(?!1000)|SC)\d{4}$/,
    unknownKeywords: false,
    hasLanguageFeatures: false,
  },
  {
    // Docker DX has the same Dockerfile language server. Its findings come from a running Docker, and there are none without
    // one (docker/docker-language-server#497).
    id: /^docker\.docker$/,
    codes: NOTHING,
    unknownKeywords: false,
    hasLanguageFeatures: true,
  },
];

export const isOtherExtension = (id: string): boolean =>
  OTHER_EXTENSIONS.some(other => other.id.test(id.toLowerCase()));

/** Whether one of these extensions has outline, completion, rename and their like for Dockerfiles. */
export const hasLanguageFeatures = (installed: readonly string[]): boolean =>
  OTHER_EXTENSIONS.some(other => other.hasLanguageFeatures && installed.some(id => other.id.test(id.toLowerCase())));
