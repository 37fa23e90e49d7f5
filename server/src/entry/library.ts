import './library-needs-node-20.js';

export { harden, lint } from '../library/index.js';
