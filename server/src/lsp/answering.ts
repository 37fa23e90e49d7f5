import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { isRecord } from '../../../shared/src/record.js';

/** How far a connection has come. */
export type Phase = 'new' | 'running' | 'shut down';

export type ErrorAnswer = ResponseError<never>;

const error = (code: number, message: string): ErrorAnswer => new ResponseError(code, message);

/** Undefined while requests are answered; else what each of them gets. */
export function refusalIn(phase: Phase): ErrorAnswer | undefined {
  switch (phase) {
    case 'new':
      return error(ErrorCodes.ServerNotInitialized, 'The server has not been initialized yet.');
    case 'running':
      return undefined;
    case 'shut down':
      return error(ErrorCodes.InvalidRequest, 'The server has been shut down.');
  }
}

export const unknownMethod = (method: string): ErrorAnswer =>
  error(ErrorCodes.MethodNotFound, `There is no method ${method}.`);

export const invalidParams = (expected: string): ErrorAnswer =>
  error(ErrorCodes.InvalidParams, `The parameters are wrong: ${expected}.`);

export const failed = (message: string): ErrorAnswer => error(LSPErrorCodes.RequestFailed, message);

/** A handler that is only called while the server runs, and with parameters of the right shape. */
export function answering<P, R>(
  phase: () => Phase,
  shape: Shape,
  handler: (params: P, token: CancellationToken) => Promise<R | ErrorAnswer>,
): (params: P, token: CancellationToken) => Promise<R | ErrorAnswer> {
  return async (params, token) => {
    const refusal = refusalIn(phase());
    if (refusal) return refusal;
    return shape.fits(params) ? handler(params, token) : invalidParams(shape.expected);
  };
}

/** What the parameters of a request have to be, as far as they are read. */
export interface Shape {
  readonly expected: string;
  readonly fits: (params: unknown) => boolean;
}

const field = (value: unknown, name: string): unknown => (isRecord(value) ? value[name] : undefined);

const isPosition = (value: unknown): boolean =>
  typeof field(value, 'line') === 'number' && typeof field(value, 'character') === 'number';
const isRange = (value: unknown): boolean => isPosition(field(value, 'start')) && isPosition(field(value, 'end'));
const hasUri = (value: unknown): boolean => typeof field(value, 'uri') === 'string';

export const OF_URI: Shape = { expected: 'a uri', fits: hasUri };
export const OF_DOCUMENT: Shape = { expected: 'a textDocument', fits: params => hasUri(field(params, 'textDocument')) };
export const OF_POSITION: Shape = {
  expected: 'a textDocument and a position',
  fits: params => OF_DOCUMENT.fits(params) && isPosition(field(params, 'position')),
};
export const OF_NEW_NAME: Shape = {
  expected: 'a textDocument, a position and a newName',
  fits: params => OF_POSITION.fits(params) && typeof field(params, 'newName') === 'string',
};
export const OF_RANGE: Shape = {
  expected: 'a textDocument, a range and a context',
  fits: params => OF_DOCUMENT.fits(params) && isRange(field(params, 'range')) && isRecord(field(params, 'context')),
};
export const OF_ACTION: Shape = {
  expected: 'a code action',
  fits: params => typeof field(params, 'title') === 'string',
};
export const OF_COMMAND: Shape = {
  expected: 'a command, and its arguments in an array',
  fits: params => {
    const values = field(params, 'arguments');
    return (
      typeof field(params, 'command') === 'string' && (values === undefined || values === null || Array.isArray(values))
    );
  },
};
