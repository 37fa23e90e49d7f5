/** Whose reading of a rule applies; asked only where the standards differ in a way that matters to users. */
export type Reading = 'own' | 'hadolint' | 'buildkit';
