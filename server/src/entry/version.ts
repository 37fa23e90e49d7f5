/** Set by the bundler from package.json. */
declare const DOCKWRIGHT_VERSION: string;

export const VERSION: string = DOCKWRIGHT_VERSION;
