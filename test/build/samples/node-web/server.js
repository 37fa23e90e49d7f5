const { createServer } = require('node:http');
const words = require('words');

createServer((_request, response) => response.end(words.join(' '))).listen(18473);
