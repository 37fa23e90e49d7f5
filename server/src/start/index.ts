export { programFile } from './files.js';
export { buildsAtStart, isForDevelopment, startsInterpreter, waitsOnly, worksAndEnds } from './kinds.js';
export { launchOf } from './launch.js';
export { interpreterOf, isOwnProgram, programsOf } from './programs.js';
export { readStart } from './reading.js';
export { type RootWork, rootWorkOf } from './root-work.js';
export type { Evidence } from './types.js';
export { type UserStays, userStays } from './user-stays.js';
export { type StartWrite, startWrites } from './writes.js';
