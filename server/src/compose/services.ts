import type { Project, Service } from './project.js';

/** The services that a file, and what is merged with it, has itself. */
export const ownServices = ({ services }: Project): readonly Service[] =>
  [...services.values()].filter(service => !service.isIncluded);
