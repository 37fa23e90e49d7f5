export const KEYWORDS = [
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
] as const;

/** Every rule compares keywords, which is done by identity where both come from the source code. */
export const SAME_KEYWORD: ReadonlyMap<string, string> = new Map(KEYWORDS.map(keyword => [keyword, keyword]));

/** Whether an upper-case word is one of Docker's instructions. */
export const isKeyword = (word: string): boolean => SAME_KEYWORD.has(word);
