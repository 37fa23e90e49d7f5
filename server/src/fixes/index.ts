export {
  type Applied,
  applyVerified,
  type BatchResult,
  batchFix,
  fixText,
  type OnRefusal,
  type RoundEdit,
} from './batch.js';
export { type Refusal, type Verified, verifyEdits, verifyFix } from './verify.js';
