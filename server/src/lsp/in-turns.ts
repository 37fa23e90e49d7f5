import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Steps } from '../fixes/index.js';
import type { Host } from './host.js';

/** The answer to a request that its client no longer waits for. */
export const cancelled = (): ResponseError<never> => new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');

/**
 * Does long work by turns with the messages that arrive: typing goes on, and a message that cancels the work is read.
 * Then the rest of it is not done.
 */
export async function inTurns<T>(
  steps: Steps<T>,
  token: Pick<CancellationToken, 'isCancellationRequested'>,
  { later }: Pick<Host, 'later'>,
): Promise<T | ResponseError<never>> {
  for (;;) {
    if (token.isCancellationRequested) return cancelled();
    const step = steps.next();
    if (step.done) return step.value;
    await new Promise<void>(resolve => later(resolve));
  }
}

/** A token that cancels work about a text as soon as that text is another one, too: nobody can use what would come of it. */
export const whileSame = (
  token: CancellationToken,
  isSame: () => boolean,
): Pick<CancellationToken, 'isCancellationRequested'> => ({
  get isCancellationRequested() {
    return token.isCancellationRequested || !isSame();
  },
});
