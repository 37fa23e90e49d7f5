import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  Disposable,
  type Message,
  type MessageReader,
  type MessageWriter,
} from 'vscode-languageserver';

/** Messages from the process that has started this one with a channel of Node's between them. */
export class ParentReader extends AbstractMessageReader implements MessageReader {
  listen(callback: DataCallback): Disposable {
    const close = (): void => this.fireClose();
    // What comes over the channel is what the other end has sent as a message.
    const receive = (message: unknown): void => {
      if (isMessage(message)) callback(message);
    };
    process.on('message', receive).on('disconnect', close);
    return Disposable.create(() => void process.off('message', receive).off('disconnect', close));
  }
}

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && 'jsonrpc' in value;

/** Messages to the process that has started this one. */
export class ParentWriter extends AbstractMessageWriter implements MessageWriter {
  async write(message: Message): Promise<void> {
    process.send?.(message, undefined, undefined, error => {
      if (error) this.fireError(error, message);
    });
  }

  end(): void {}
}
