import { type CancellationToken, CancellationTokenSource, ProgressLocation, window } from 'vscode';

/** What is being done, and how much more of the whole, in percent, was done before it. */
export type Tell = (message: string, increment?: number) => void;

/** Milliseconds. What is over sooner would only flash; the status bar says so meanwhile. */
const UNNOTICED = 500;

/** Does work with a notification that shows how far it is, and whose button cancels it. Undefined when somebody did. */
export async function cancellable<T>(
  title: string,
  work: (tell: Tell, token: CancellationToken) => Promise<T>,
): Promise<T | undefined> {
  const source = new CancellationTokenSource();
  let message = '';
  let done = 0;
  let tell: Tell = () => {};
  const running = work((next, increment = 0) => {
    message = next;
    done += increment;
    tell(next, increment);
  }, source.token).catch((error: unknown) => {
    // A request that is cancelled fails.
    if (source.token.isCancellationRequested) return undefined;
    throw error;
  });
  const timer = setTimeout(() => {
    void window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (progress, token) => {
        token.onCancellationRequested(() => source.cancel());
        tell = (next, increment = 0) => progress.report({ message: next, increment });
        tell(message, done);
        return running.then(
          () => {},
          () => {},
        );
      },
    );
  }, UNNOTICED);
  try {
    const result = await window.withProgress({ location: ProgressLocation.Window, title }, () => running);
    return source.token.isCancellationRequested ? undefined : result;
  } finally {
    clearTimeout(timer);
    source.dispose();
  }
}
