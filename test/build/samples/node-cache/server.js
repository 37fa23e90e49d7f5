const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');

createServer((_, response) => {
  mkdirSync('.next/cache/pages', { recursive: true });
  writeFileSync('.next/cache/pages/one', readFileSync('.next/page.html'));
  response.end(readFileSync('.next/cache/pages/one'));
}).listen(18475);
