import { builtFrom } from './dockerfile.js';
import { fileReferences } from './file-references.js';
import { readProject } from './project.js';
import type { ProjectFiles } from './project-files.js';
import { ownServices } from './services.js';
import type { Source } from './value.js';

/** Asks for all files that rules about a Compose file want to know, so that a host can find out which those are. */
export function namedFiles(source: Source, files: ProjectFiles): void {
  const project = readProject(source, files);
  for (const { path } of fileReferences(project)) files.look(path);
  for (const service of ownServices(project)) builtFrom(service, project);
}
