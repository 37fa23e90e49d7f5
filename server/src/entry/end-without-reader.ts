/** Ends the process when nobody reads its output any more: `dockwright lint | head` closes the pipe early, which is no error. */
export function endWithoutReader(): void {
  process.stdout.on('error', error => {
    if ('code' in error && error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
