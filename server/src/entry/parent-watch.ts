import type { WatchDog } from 'vscode-languageserver';

/** As often as the protocol package's own entry for Node.js looks. */
const EVERY_MS = 3000;

/** Ends the server when it is told to, and when the editor that started it is gone. */
export function parentWatch(): WatchDog {
  const watch: WatchDog = {
    shutdownReceived: false,
    initialize({ processId }) {
      if (typeof processId !== 'number') return;
      const look = (): void => {
        if (!isRunning(processId)) watch.exit(watch.shutdownReceived ? 0 : 1);
      };
      // When the input has ended there is nothing left to wait for.
      setInterval(look, EVERY_MS).unref();
    },
    exit: code => process.exit(code),
  };
  return watch;
}

function isRunning(id: number): boolean {
  try {
    // Signal 0 only asks.
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
