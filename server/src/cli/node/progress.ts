/** Shorter runs are over before anybody wonders. */
const BEFORE_MS = 500;
const BETWEEN_MS = 100;

/** Tells on a terminal how far a run is, on one line that is gone when the run is over. */
export function progressOn(terminal: { write(text: string): unknown }): (done: number, total: number) => void {
  const begin = Date.now();
  let last = begin + BEFORE_MS - BETWEEN_MS;
  let isShown = false;
  return (done, total) => {
    const now = Date.now();
    if (done === total && isShown) terminal.write('\r\u001B[K');
    else if (done < total && now - last >= BETWEEN_MS) {
      terminal.write(`\r\u001B[KChecked ${done} of ${total} files …`);
      isShown = true;
      last = now;
    }
  };
}
