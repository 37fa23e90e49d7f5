/** Begins the lines that the runner outside reads; everything else that the suite prints is for people. */
export const RESULT = 'dockwright-result:';
