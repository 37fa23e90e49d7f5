import { parentPort } from 'node:worker_threads';
import { serve } from '../worker/main.js';

const port = parentPort;
port?.on(
  'message',
  serve(message => port.postMessage(message)),
);
