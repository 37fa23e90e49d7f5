/** Begins the lines that the runner outside reads; everything else that the suite prints is for people. */
export const RESULT = 'dockwright-result:';

/** Begins the lines at which the runner looks at the browser's memory. */
export const MARK = 'dockwright-mark:';
