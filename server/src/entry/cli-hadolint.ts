import './need-node-20.js';
import { createRequire } from 'node:module';

// What the command line is called by those that call hadolint: it is beside this file.
process.argv.splice(2, 0, 'hadolint');
createRequire(__filename)('./cli.cjs');
