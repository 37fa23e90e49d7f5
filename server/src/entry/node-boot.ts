import { runCached } from '../cli/run-cached.js';

// What VS Code starts on the desktop; the server proper is beside it.
runCached(`${__dirname}/server-main.cjs`, 'server', 'rest');
