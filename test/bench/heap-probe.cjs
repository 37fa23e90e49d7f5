// Loaded into a server under test with --require and --expose-gc: on SIGUSR2 it says what the heap holds after a collection.
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  process.stderr.write(`heap ${process.memoryUsage().heapUsed}\n`);
});
