/** With fewer files for each, starting a thread takes longer than it saves. */
export const FILES_PER_THREAD = 40;
