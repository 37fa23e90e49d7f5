import { serve } from '../worker/main.js';

const receive = serve(message => self.postMessage(message));
self.onmessage = event => receive(event.data);
