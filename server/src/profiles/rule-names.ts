import { COMPOSE_RULES } from '../compose/rules/index.js';
import { RULES } from '../rules/index.js';
import type { Reading, RuleMeta } from '../rules/rule.js';
import { isBuildkitCode } from '../standards/buildkit.js';
import { closest } from '../text/closest.js';

/** What the engine itself reports beside the rules; it can be named like a rule. */
export const SYNTAX_ERROR = { id: 'syntax-error', codes: ['DL1000'] } as const;

/**
 * How names are compared: without case, and Trivy's older spellings (`AVD-DS-0002`, `DS002`) as `DS-0002`.
 * Names come from comments, configuration and the command line, where people write all of these.
 */
export function canonicalName(name: string): string {
  const lower = name.trim().toLowerCase();
  const trivy = /^(?:avd-)?ds-?(\d{3,4})$/.exec(lower);
  return trivy ? `ds-${(trivy[1] ?? '').padStart(4, '0')}` : lower;
}

/** The rules about Dockerfiles, and those about Compose files; a problem of both has one name. */
export const ALL_RULES: readonly RuleMeta[] = [...RULES, ...COMPOSE_RULES];

let named: ReadonlyMap<string, readonly RuleMeta[]> | undefined;

/** Made when the first name is asked for: most runs name no rule. */
function byName(): ReadonlyMap<string, readonly RuleMeta[]> {
  if (named) return named;
  const found = new Map<string, RuleMeta[]>();
  for (const rule of ALL_RULES) {
    for (const name of new Set([rule.id, ...rule.codes])) {
      const key = canonicalName(name);
      const rules = found.get(key);
      if (rules) rules.push(rule);
      else found.set(key, [rule]);
    }
  }
  named = found;
  return found;
}

/** The rules that an id or a code names: several where one code covers more than one problem. */
export function rulesNamed(name: string): readonly RuleMeta[] {
  return byName().get(canonicalName(name)) ?? [];
}

export const isShellcheckCode = (name: string): boolean => /^sc\d{4}$/i.test(name.trim());

/** Whether a name stands for anything that this program or ShellCheck can report. */
export function isKnownName(name: string): boolean {
  const key = canonicalName(name);
  return (
    byName().has(key) || key === SYNTAX_ERROR.id || key === 'dl1000' || key === 'shellcheck' || isShellcheckCode(key)
  );
}

/** The id or code that was probably meant by an unknown name. */
export function suggestName(name: string): string | undefined {
  const spellings = new Map<string, string>();
  for (const rule of ALL_RULES)
    for (const known of [rule.id, ...rule.codes]) spellings.set(canonicalName(known), known);
  const key = canonicalName(name);
  // Numbers differ by a digit everywhere: DL3099 is not a slip for DL3009.
  if (/\d$/.test(key)) return undefined;
  return spellings.get(closest(key, [...spellings.keys()]) ?? '');
}

/** Says that no rule has this name; undefined when one has. `isMeant`: it has a meaning all the same. */
export function unknownName(name: string, isMeant = isKnownName): string | undefined {
  if (isMeant(name)) return undefined;
  const meant = suggestName(name);
  return `Unknown rule “${name}”${meant ? `; did you mean ${meant}?` : '.'}`;
}

const CODE = /^(?:[a-z][\w-]*\d{3}|ckv\w+)$/i;
const CHECK = /^(?:[A-Z][a-z]+){2,}$/;

/** Whether an unknown name looks like that of another program, or of another version of one: `DL9999`, `CKV_DOCKER_12`, `NewCheck`. */
export const isForeignCode = (name: string): boolean =>
  suggestName(name) === undefined && (CODE.test(name.trim()) || CHECK.test(name.trim()));

type Family = 'hadolint' | 'buildkit' | 'trivy' | 'checkov' | 'compose-lint' | 'cis' | 'other';

function familyOf(code: string): Family {
  if (/^DL\d/.test(code)) return 'hadolint';
  if (/^DS-\d/.test(code)) return 'trivy';
  if (/^CKV/.test(code)) return 'checkov';
  if (/^CL-\d/.test(code)) return 'compose-lint';
  if (/^CIS-\d/.test(code)) return 'cis';
  return isBuildkitCode(code) ? 'buildkit' : 'other';
}

const keys = new WeakMap<readonly string[], Map<string, readonly string[]>>();

/**
 * The canonical names under which a finding can be addressed: its rule's id, its own codes, and in our own reading the
 * rule's codes of standards that the finding carries no code of. So a comment for hadolint still silences a rule that
 * hadolint would not have reported here, while DL3008 never silences what is DL3018.
 */
export function addressesOf(
  rule: Pick<RuleMeta, 'id' | 'codes'>,
  codes: readonly string[],
  reading: Reading,
): readonly string[] {
  let row = keys.get(codes);
  if (!row) {
    row = new Map();
    keys.set(codes, row);
  }
  const key = `${rule.id} ${reading}`;
  let known = row.get(key);
  if (!known) {
    const families = new Set(codes.map(familyOf));
    const wider = reading === 'own' ? rule.codes.filter(code => !families.has(familyOf(code))) : [];
    const group = isShellcheckCode(rule.id) ? ['shellcheck'] : [];
    known = [...new Set([rule.id, ...codes, ...wider, ...group].map(canonicalName))];
    row.set(key, known);
  }
  return known;
}
