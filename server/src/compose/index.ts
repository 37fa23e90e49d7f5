export { projectServicesBuiltFrom, servicesBuiltFrom } from './built-services.js';
export { namedFiles } from './named-files.js';
export { isComposeFile } from './names.js';
export { differenceOf, type Plain, plainOf } from './plain.js';
export { type Project, readProject, type Service } from './project.js';
export { type Beside, folderOf, NO_FILES, type ProjectFiles, projectFilesOf } from './project-files.js';
