export { HARDEN_RULES, type HardenEdit, type HardenPlan, planHarden, type Score } from './plan.js';
export { PRACTICES } from './practices.js';
