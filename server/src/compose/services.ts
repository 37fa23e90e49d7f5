import type { Project, Service } from './project.js';
import { imageOf } from './service-facts.js';

/** The services that a file, and what is merged with it, has itself. */
export const ownServices = ({ services }: Project): readonly Service[] =>
  [...services.values()].filter(service => !service.isIncluded);

/** Whether some service of the project builds an image of this name. */
export const isBuiltHere = (image: string, { services }: Project): boolean =>
  [...services.values()].some(service => service.body.entries.has('build') && imageOf(service)?.text === image);
