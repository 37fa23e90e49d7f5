export { isComposeFile, isComposeName } from './names.js';
export { differenceOf, type Plain, plainOf } from './plain.js';
export { type Project, readProject, type Service } from './project.js';
export { type Beside, folderOf, type ProjectFiles, projectFilesOf } from './project-files.js';
