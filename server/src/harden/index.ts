export { type HardenEdit, type HardenPlan, planHarden } from './plan.js';
export { PRACTICES } from './practices.js';
export { type Followed, followed, type Score } from './score.js';
