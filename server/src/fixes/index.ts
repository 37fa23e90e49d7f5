export {
  type Applied,
  batchFix,
  batchFixes,
  finish,
  fixSteps,
  fixText,
  fixTextWith,
  type OnRefusal,
  type Steps,
} from './batch.js';
export { refusalOf, verifyFix } from './verify.js';
