import type { State } from '../../facts/index.js';

/** Whether `chown` can be run where an image and a state are in force. */
export const canHandOver = ({ image, user, shell }: State): boolean =>
  image.shell !== 'none' && image.family !== 'unknown' && shell.kind === 'posix' && user.isRoot === true;
