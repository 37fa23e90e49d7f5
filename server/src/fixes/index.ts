export {
  type Applied,
  batchFix,
  fixText,
  fixTextWith,
  type OnRefusal,
} from './batch.js';
export { verifyFix } from './verify.js';
