export { archiveKind } from './archive.js';
export { copyIgnored } from './copy-ignored.js';
export { type CompiledIgnore, compileIgnore } from './ignore.js';
export { type Leak, leaks, mayLeak } from './leaks.js';
export { lockAgrees } from './lock-agrees.js';
export { namedSources } from './named-sources.js';
export { passedArguments, requiredArguments } from './passed-arguments.js';
export { pathFrom } from './path-below.js';
export { listContext, readIgnoreFile, withScripts } from './read.js';
export { type Files, rootFinder } from './root.js';
export {
  type ComposeMount,
  type ComposeService,
  type ContextEntry,
  type ContextSnapshot,
  contextEntry,
  contextHas,
  contextPath,
} from './snapshot.js';
export { startedNames, withStarted } from './started.js';
export { suggestIgnore, takesBack } from './suggest.js';
