/** One turn of the event loop hands over one message: work that is put off twice comes after a message that waits. */
export function later(work: () => void): void {
  setImmediate(() => setImmediate(work));
}
