import { RAL } from 'vscode-languageserver/node';

/**
 * Lets the protocol package handle a message in the turn of the event loop in which it has arrived, in place of the next
 * one. Work that is to wait for other messages is put off by those who do it.
 */
export function handleInSameTurn(): void {
  const platform = RAL();
  RAL.install({
    ...platform,
    timer: {
      ...platform.timer,
      setImmediate(callback, ...args) {
        let isWanted = true;
        queueMicrotask(() => {
          if (isWanted) callback(...args);
        });
        return {
          dispose: () => {
            isWanted = false;
          },
        };
      },
    },
  });
}
