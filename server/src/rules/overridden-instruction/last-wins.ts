/** Of these only the last one in a stage counts; with the names that others have for it. */
export const LAST_WINS: ReadonlyMap<string, readonly string[]> = new Map([
  ['CMD', ['DL4003', 'MultipleInstructionsDisallowed', 'DS-0016']],
  ['ENTRYPOINT', ['DL4004', 'MultipleInstructionsDisallowed', 'DS-0007']],
  ['HEALTHCHECK', ['DL3012', 'MultipleInstructionsDisallowed', 'DS-0023']],
]);
