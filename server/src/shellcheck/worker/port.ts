import { isFunction, type Program } from './program.js';

/** The version of the calls below. */
const ABI = 1;

/** Starts ShellCheck's port to Rust, which needs nothing of what is around it, and at once: see node/same-thread.ts. */
export function startProgram(module: WebAssembly.Module): Program | Promise<Program> {
  const { memory, sc_abi_version, sc_prepare, sc_check, sc_output_len } = new WebAssembly.Instance(module).exports;
  if (
    !(memory instanceof WebAssembly.Memory) ||
    !isFunction(sc_abi_version) ||
    !isFunction(sc_prepare) ||
    !isFunction(sc_check) ||
    !isFunction(sc_output_len) ||
    sc_abi_version() !== ABI
  ) {
    throw new TypeError('shellcheck.wasm does not export what it should');
  }
  return {
    lint(script, shell) {
      // UTF-8 has no halves of surrogate pairs; each becomes one other character.
      const text = script.replace(/\p{Surrogate}/gu, '\ufffd');
      const request = new TextEncoder().encode(JSON.stringify({ script: text, shell }));
      const input = unsigned(sc_prepare(request.length));
      new Uint8Array(memory.buffer).set(request, input);
      const output = unsigned(sc_check());
      // Asked for after the check: memory that grows is another buffer.
      return JSON.parse(new TextDecoder().decode(new Uint8Array(memory.buffer, output, unsigned(sc_output_len()))));
    },
    memory: () => memory.buffer.byteLength,
  };
}

/** WebAssembly's 32 bits arrive as a signed number. */
const unsigned = (value: unknown): number => Number(value) >>> 0;
