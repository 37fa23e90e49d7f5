export {
  type Applied,
  type BatchResult,
  batchFix,
  batchFixes,
  finish,
  fixSteps,
  fixStepsBy,
  fixText,
  fixTextWith,
  type OnRefusal,
  type Steps,
} from './batch.js';
export { composeFixable, fixable } from './fixable.js';
export { refusalOf, verifyFix } from './verify.js';
