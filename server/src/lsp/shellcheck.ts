/** Makes the ShellCheck pool when it is needed for the first time. */
export type ShellcheckFactory = () => unknown;
