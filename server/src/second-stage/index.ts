export { mayGetSecondStage, secondStage } from './plan.js';
