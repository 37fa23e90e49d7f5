// A process of its own, so that what it prints stays out of the test report: node web-server.mjs FOLDER-OF-TOOLS OPTIONS-AS-JSON
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [tools, options] = process.argv.slice(2);
const { open } = createRequire(join(tools, 'package.json'))('@vscode/test-web');
await open(JSON.parse(options));
console.log('ready');
