import type { App } from '../app.js';
import { KEEP_ROOT_BY_COMMAND } from './keep-root-by-command.js';
import { KEEP_ROOT_BY_IMAGE } from './keep-root-by-image.js';
import { OTHERS } from './others.js';
import { SECOND_STAGE } from './second-stage.js';
import { SERVICES } from './services.js';

export const APPS: readonly App[] = [
  ...OTHERS,
  ...SERVICES,
  ...SECOND_STAGE,
  ...KEEP_ROOT_BY_COMMAND,
  ...KEEP_ROOT_BY_IMAGE,
];
