import type { Placed } from '../../dockerfile/index.js';
import { baseName } from '../../facts/files/transfer.js';
import { type FileFacts, find, type Stage } from '../../facts/index.js';
import type { ShellCommand } from '../../shell/index.js';
import type { RuleFix } from '../rule.js';

/** A program that a stage links against the C library of its image. */
export interface Built {
  readonly kind: 'c' | 'rust' | 'go';
  readonly advice: string;
  readonly fixes: readonly RuleFix[];
}

const C_COMPILER = /^(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+|c99)(?:-\d+)?$/;
/** Anything of this in a stage, and how it links is not known. */
const RUST_STATIC = /musl|crt-static|RUSTFLAGS|zigbuild|cross\b|--target|\.cargo\/config/;
const GO_STATIC = /netgo|-static|musl|zig\b|CGO_ENABLED=0|GOOS=(?!linux|\$)/;

/** How the file at this path of a stage was built; undefined where it may be linked statically. */
export function builtIn(facts: FileFacts, stage: Stage, path: string): Built | undefined {
  const name = baseName(path);
  const lineage = facts.lineage(stage);
  const text = lineage.map(({ instruction }) => instruction.text).join('\n');
  for (const placed of lineage) {
    if (placed.instruction.keyword !== 'RUN') continue;
    for (const command of facts.at(placed).commands) {
      const { base, args } = command;
      const output = args[args.findIndex(({ value }) => value === '-o') + 1]?.value;
      const isOutput = args.some(({ value }) => value === '-o') && output !== undefined && baseName(output) === name;
      if (C_COMPILER.test(base) && isOutput) {
        const says = args.map(({ value }) => value).join(' ');
        return /-static|-shared|-c\b/.test(says) || args.some(({ literal }) => !literal)
          ? undefined
          : linkedC(placed, command);
      }
      if (base === 'cargo' && isCargoOutput(args[0]?.value, path))
        return RUST_STATIC.test(text) ? undefined : linkedRust();
      if (base === 'go' && /^(?:build|install)$/.test(args[0]?.value ?? '') && (isOutput || path === `/go/bin/${name}`))
        return GO_STATIC.test(text) || find(facts.at(placed).scope, 'CGO_ENABLED')?.value === '0'
          ? undefined
          : linkedGo(placed, command);
    }
  }
  return undefined;
}

const isCargoOutput = (verb: string | undefined, path: string): boolean =>
  (verb === 'build' && /\/target\/(?:release|debug)\/[^/]+$/.test(path)) ||
  (verb === 'install' && /\/cargo\/bin\/[^/]+$/.test(path));

function linkedC(placed: Placed, { name, editable }: ShellCommand): Built {
  const at = name?.span.end ?? 0;
  return {
    kind: 'c',
    advice: 'Link it with -static, or build it on the distribution that it runs on.',
    fixes: editable
      ? [
          {
            title: 'Link it with -static',
            safety: 'review',
            edits: [{ at: placed, span: { start: at, end: at }, text: ' -static' }],
          },
        ]
      : [],
  };
}

const linkedRust = (): Built => ({
  kind: 'rust',
  advice: 'Build it on the alpine variant of the Rust image, or for a musl target.',
  fixes: [],
});

function linkedGo(placed: Placed, { span, editable, via }: ShellCommand): Built {
  return {
    kind: 'go',
    advice: 'Build it with CGO_ENABLED=0.',
    fixes:
      editable && via === undefined
        ? [
            {
              title: 'Build it with CGO_ENABLED=0',
              safety: 'review',
              edits: [{ at: placed, span: { start: span.start, end: span.start }, text: 'CGO_ENABLED=0 ' }],
              effect: { commands: true },
            },
          ]
        : [],
  };
}
