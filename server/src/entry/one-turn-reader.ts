import {
  AbstractMessageReader,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
} from 'vscode-languageserver';
import { Frames } from './frames.js';

/** Where bytes come from; they are the reader's own only until `data` returns. */
export type Input = (receiver: {
  readonly data: (chunk: Buffer) => void;
  readonly error: (error: Error) => void;
  readonly close: () => void;
}) => Disposable;

/**
 * Hands over each message in the turn of the event loop in which its last byte has arrived. The protocol package's own
 * reader takes a turn more for each, and a timer for each that does not arrive in one piece.
 */
export class OneTurnReader extends AbstractMessageReader implements MessageReader {
  constructor(private readonly input: Input) {
    super();
  }

  listen(callback: DataCallback): Disposable {
    const frames = new Frames();
    const error = (reason: Error): void => this.fireError(reason);
    const message = (json: string): void => this.#deliver(json, callback);
    return this.input({ data: chunk => frames.take(chunk, message, error), error, close: () => this.fireClose() });
  }

  #deliver(json: string, callback: DataCallback): void {
    let message: Message;
    try {
      message = JSON.parse(json);
    } catch (error) {
      this.fireError(error);
      return;
    }
    callback(message);
  }
}
