export {
  type Applied,
  batchFix,
  batchFixes,
  fixText,
  fixTextWith,
  type OnRefusal,
} from './batch.js';
export { verifyFix } from './verify.js';
