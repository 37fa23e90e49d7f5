import type { RAL } from 'vscode-languageserver';

/** Messages are read by OneTurnReader and written by OneWriteWriter, without the protocol package's buffers and codecs. */
const notNeeded = (): never => {
  throw new Error('this server reads and writes its messages itself');
};
const codec = { name: 'application/json', encode: notNeeded, decode: notNeeded };

/**
 * What the protocol package needs of Node.js. A message is handled in the turn of the event loop in which it has arrived,
 * in place of the next one: work that is to wait for other messages is put off by those who do it.
 */
export const nodeRuntime: RAL = {
  messageBuffer: { create: notNeeded },
  applicationJson: { encoder: codec, decoder: codec },
  console,
  timer: {
    setTimeout(run, ms, ...values) {
      const timer = setTimeout(run, ms, ...values);
      return { dispose: () => clearTimeout(timer) };
    },
    setImmediate(run, ...values) {
      let isWanted = true;
      // Cheaper than `queueMicrotask`, which keeps a record of each for those who trace them.
      void Promise.resolve().then(() => {
        if (isWanted) run(...values);
      });
      return {
        dispose: () => {
          isWanted = false;
        },
      };
    },
    setInterval(run, ms, ...values) {
      const timer = setInterval(run, ms, ...values);
      return { dispose: () => clearInterval(timer) };
    },
  },
};
