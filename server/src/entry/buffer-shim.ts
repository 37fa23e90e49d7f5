/**
 * dockerfile-ast measures characters with Node's `Buffer.from(text, 'UTF-8')`, which a web worker lacks. The bundler
 * puts this in its place.
 */
export const Buffer = { from: (text: string): Uint8Array => new TextEncoder().encode(text) };
