import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isRecord } from '../../../shared/src/record.js';
import { readConfig } from '../config/config.js';
import { rulesNamed } from '../profiles/rule-names.js';
import { isSelector } from '../profiles/selectors.js';
import { rulesOfKics } from '../standards/kics.js';

/** What the settings of another linter say, with the keys of a configuration. */
interface Imported {
  readonly ignore?: readonly string[];
  readonly rules?: Readonly<Record<string, string>>;
  readonly exclude?: readonly string[];
  readonly overrides?: readonly { readonly files: readonly string[]; readonly ignore: readonly string[] }[];
  readonly others?: Readonly<Record<string, unknown>>;
}

interface Importer {
  readonly files: readonly string[];
  read(text: string): Imported;
}

/** Each takes the first of its files that is there. */
const IMPORTERS: readonly Importer[] = [
  { files: ['.hadolint.yaml', '.hadolint.yml'], read: fromHadolint },
  { files: ['.trivyignore'], read: text => ({ ignore: firstWords(text) }) },
  { files: ['.trivyignore.yaml', '.trivyignore.yml'], read: fromTrivyYaml },
  { files: ['.checkov.yaml', '.checkov.yml'], read: fromCheckov },
  {
    files: ['.kics.yaml', '.kics.yml', '.kics.json', 'kics.yaml', 'kics.yml', 'kics.json', 'kics.config'],
    read: fromKics,
  },
  { files: ['.dockleignore'], read: text => ({ ignore: firstWords(text).map(code => DOCKLE[code] ?? code) }) },
  { files: ['.tally.toml', 'tally.toml'], read: fromTally },
];

/** dockle's checks that a rule of ours makes: https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md */
const DOCKLE: Readonly<Record<string, string>> = {
  'CIS-DI-0001': 'final-stage-runs-as-root',
  'CIS-DI-0006': 'missing-healthcheck',
  'CIS-DI-0009': 'add-instead-of-copy',
  'CIS-DI-0010': 'secret-in-variable',
  'DKL-DI-0001': 'DL3004',
  'DKL-DI-0004': 'apk-cache-left',
  'DKL-DI-0005': 'apt-lists-left',
  'DKL-DI-0006': 'latest-tag',
};

/** The first word of each line that is not a comment: what follows is a reason or a date. */
const firstWords = (text: string): string[] => text.split('\n').flatMap(line => /^\s*([^\s#]+)/.exec(line)?.[1] ?? []);

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [])
    .filter(item => typeof item === 'string')
    .map(item => item.trim());

function fromHadolint(text: string): Imported {
  const { options, output } = readConfig(text, '.hadolint.yaml');
  return {
    ignore: options.ignore ?? [],
    rules: Object.fromEntries(
      Object.entries(options.rules ?? {}).map(([name, { severity }]) => [name, severity ?? '']),
    ),
    others: {
      ...(output.noFail ? { 'fail-on': 'never' } : output.failOn ? { 'fail-on': output.failOn } : {}),
      ...(options.labelSchema ? { 'label-schema': options.labelSchema } : {}),
      ...(options.strictLabels ? { 'strict-labels': true } : {}),
      ...(options.trustedRegistries ? { 'trusted-registries': options.trustedRegistries } : {}),
      ...(options.disableIgnorePragma ? { 'disable-ignore-comments': true } : {}),
    },
  };
}

function fromTrivyYaml(text: string): Imported {
  const root: unknown = parse(text);
  const entries = isRecord(root) && Array.isArray(root['misconfigurations']) ? root['misconfigurations'] : [];
  const ignored = entries.filter(isRecord).map(({ id, paths }) => ({ id: String(id), paths: texts(paths) }));
  return {
    ignore: ignored.filter(({ paths }) => paths.length === 0).map(({ id }) => id),
    overrides: ignored.filter(({ paths }) => paths.length > 0).map(({ id, paths }) => ({ files: paths, ignore: [id] })),
  };
}

function fromCheckov(text: string): Imported {
  const root: unknown = parse(text);
  if (!isRecord(root)) return {};
  return { ignore: texts(root['skip-check']), exclude: texts(root['skip-path']) };
}

function fromKics(text: string): Imported {
  const root: unknown = parse(text);
  if (!isRecord(root)) return {};
  // What nobody here is about keeps its id, so that it can be told of.
  const ignore = texts(root['exclude-queries']).flatMap(query => {
    const rules = rulesOfKics(query);
    return rules.length > 0 ? rules : [query];
  });
  return { ignore, exclude: texts(root['exclude-paths']) };
}

/** Of its TOML the list of excluded rules, and the severities of single ones. */
function fromTally(text: string): Imported {
  const excluded = /^\[rules\][^[]*?^\s*exclude\s*=\s*(\[[^\]]*\])/m.exec(text)?.[1] ?? '[]';
  const named = [...excluded.matchAll(/["']([^"']+)["']/g)].map(([, name = '']) => plain(name));
  const severities = [
    ...text.matchAll(/^\[rules\.([\w-]+)\.["']?([\w-]+)["']?\][^[]*?^\s*severity\s*=\s*["'](\w+)["']/gm),
  ];
  return {
    ignore: named.filter(name => name !== '*'),
    rules: Object.fromEntries(
      severities.map(([, , rule = '', severity = '']) => [rule, severity === 'style' ? 'hint' : severity]),
    ),
  };
}

/** tally's names begin with the tool that a rule is taken from; a star stands for all of them. */
const plain = (name: string): string => (/\/\*$/.test(name) ? name.slice(0, -2) : name.replace(/^.*\//, ''));

export interface Collected {
  /** By the keys of a configuration; empty ones are left out. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
}

/** What the settings of other linters in a folder say. Of what has no meaning here it is told. */
export function collectSettings(folder: string): Collected {
  const notes: string[] = [];
  const found: Imported[] = [];
  for (const { files, read } of IMPORTERS) {
    const name = files.find(file => existsSync(join(folder, file)));
    if (name === undefined) continue;
    try {
      found.push(known(read(readFileSync(join(folder, name), 'utf8')), name, notes));
    } catch {
      notes.push(`${name} was left out: it cannot be read.`);
    }
  }
  const ignore = [...new Set(found.flatMap(one => one.ignore ?? []))].sort();
  const lists = {
    exclude: [...new Set(found.flatMap(one => one.exclude ?? []))],
    overrides: found.flatMap(one => one.overrides ?? []),
    ignore,
  };
  const rules = Object.assign({}, ...found.map(one => one.rules));
  const settings = {
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
    ...(Object.keys(rules).length > 0 ? { rules } : {}),
    ...Object.assign({}, ...found.map(one => one.others)),
  };
  return { settings, notes };
}

const SEVERITIES = new Set(['off', 'error', 'warning', 'info', 'hint']);

/** Without the names of rules that nobody here has, which are noted. A Trivy or Checkov file is often about other files, too. */
function known(imported: Imported, file: string, notes: string[]): Imported {
  const unknown: string[] = [];
  const isKnown = (name: string): boolean => {
    const has = isSelector(name) || rulesNamed(name).length > 0;
    if (!has) unknown.push(name);
    return has;
  };
  const kept = {
    ...imported,
    ignore: (imported.ignore ?? []).filter(isKnown),
    overrides: (imported.overrides ?? []).filter(({ ignore }) => ignore.every(isKnown)),
    rules: Object.fromEntries(
      Object.entries(imported.rules ?? {}).filter(([name, severity]) => isKnown(name) && SEVERITIES.has(severity)),
    ),
  };
  notes.push(
    `took over ${file}${unknown.length > 0 ? `, but for what no rule here is about: ${unknown.join(', ')}` : ''}.`,
  );
  return kept;
}
