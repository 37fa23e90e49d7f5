import { type Connection, type MessageType, ShowMessageNotification } from 'vscode-languageserver';

/** Shows a message. Not by `connection.window`, which sends a question: editors without buttons stop for it. */
export function tell(connection: Connection, type: MessageType, message: string): void {
  void connection.sendNotification(ShowMessageNotification.type, { type, message });
}
