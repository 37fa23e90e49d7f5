export { certainTags } from './certain.js';
export { findTags } from './find.js';
export { kindsByName, type TagKind } from './kinds.js';
