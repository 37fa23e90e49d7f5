/** With fewer files for each, starting a thread takes longer than it saves. */
const FILES_PER_THREAD = 40;

/** How many threads so many files are worth, of those that there may be; less than two: this one alone. */
export const threadsFor = (files: number, most: number): number => Math.min(most, Math.floor(files / FILES_PER_THREAD));
