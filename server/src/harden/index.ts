export { hardenComposeSteps, planComposeHarden } from './compose.js';
export { type HardenEdit, type HardenPlan, type HardenWishes, hardenSteps, planHarden } from './plan.js';
export { PRACTICES } from './practices.js';
export { followed } from './score.js';
export { isWorthTelling } from './worth-telling.js';
