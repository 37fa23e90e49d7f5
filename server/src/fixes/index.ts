export {
  type Applied,
  batchFix,
  fixText,
  type OnRefusal,
} from './batch.js';
export { verifyFix } from './verify.js';
