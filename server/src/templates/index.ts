export { certainTags } from './certain.js';
export { findTags } from './find.js';
export { type NamedTemplate, type TagKind, templateByName } from './kinds.js';
