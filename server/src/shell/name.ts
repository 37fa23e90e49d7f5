/** The name of a variable, as POSIX shells take it. */
export const isVariableName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);
