import { isShellcheckCode, SYNTAX_ERROR } from '../profiles/rule-names.js';
import type { Finding, Fix } from '../profiles/types.js';
import type { Template } from './template.js';

/**
 * How much of a template has to be certain for what a rule reports:
 * - `command`: the lines of the command; the instruction may hold tags elsewhere
 * - `instruction`: the instruction
 * - `no-more`: the instruction, and that no tag brings further instructions
 * - `order`: the instruction, and that all others are there in this order
 *
 * All other rules look at the order of instructions, at the base image or at the file as a whole, which nobody knows of a
 * template; so they are silent there.
 */
type Certainty = 'command' | 'instruction' | 'no-more' | 'order';

const CERTAIN_IN_TEMPLATES: Readonly<Record<string, Certainty>> = {
  ...each('command', [
    'apt-instead-of-apt-get',
    'password-in-command',
    'pipe-to-shell',
    'secret-in-text',
    'setuid-bit',
    'useless-command',
    'verification-disabled',
    'world-writable',
  ]),
  ...each('instruction', [
    'as-casing-differs',
    'constant-platform',
    'copy-secret-file',
    'copy-target-without-slash',
    'empty-continuation-line',
    'end-of-life-image',
    'exposed-host-port',
    'forbidden-onbuild-trigger',
    'image-without-digest',
    'invalid-json-form',
    'invalid-label-key',
    'invalid-label-value',
    'invalid-port',
    'latest-tag',
    'legacy-key-value',
    'maintainer-instruction',
    'package-upgrade',
    'protocol-casing',
    'redundant-target-platform',
    'remote-add-without-checksum',
    'secret-in-variable',
    'swallowed-instruction',
    'tag-does-not-exist',
    'trailing-comment',
    'unpinned-apk-package',
    'unpinned-apt-package',
    'unpinned-dnf-package',
    'unpinned-gem',
    'unpinned-npm-package',
    'unpinned-package',
    'unpinned-pip-package',
    'unpinned-yum-package',
    'unpinned-zypper-package',
    'uppercase-stage-name',
    'useradd-without-no-log-init',
    'wget-progress',
    'zypper-without-non-interactive',
  ]),
  // An instruction that a tag brings may configure the program.
  ...each('no-more', [
    'apk-cache-left',
    'apt-get-install-recommends',
    'apt-get-install-without-yes',
    'dnf-install-without-yes',
    'npm-cache-left',
    'pip-cache-left',
    'untagged-image',
    'yum-install-without-yes',
  ]),
  ...each('order', ['apt-lists-left', 'undefined-variable', 'update-without-install']),
};

function each(certainty: Certainty, rules: readonly string[]): Readonly<Record<string, Certainty>> {
  return Object.fromEntries(rules.map(rule => [rule, certainty]));
}

/** What of `findings` is certain although the file is a template. The fixes are for a person to choose one by one. */
export function certainIn(template: Template, findings: readonly Finding[]): Finding[] {
  return findings
    .filter(finding => isCertain(template, finding))
    .map(finding => withFixes(finding, template.isUncertain(finding.at) ? NONE : finding.fixes.flatMap(chosenOnly)));
}

const NONE: readonly Fix[] = [];

function isCertain(template: Template, { rule, at, span, severity }: Finding): boolean {
  if (rule === SYNTAX_ERROR.id) return at < 0 || !template.isUncertain(at);
  if (isShellcheckCode(rule)) return !template.isUncertain(at) && !NOT_OF_ONE_SCRIPT.test(rule);
  switch (CERTAIN_IN_TEMPLATES[rule]) {
    case 'command':
      return !template.isUncertain(at) || (severity !== 'error' && !template.hasTagIn(span));
    case 'instruction':
      return !template.isUncertain(at);
    case 'no-more':
      return !template.isUncertain(at) && !template.mayInsert;
    case 'order':
      return !template.isUncertain(at) && !template.mayBranch;
    default:
      return false;
  }
}

/** A fix that no batch applies; one that changes another file, or which instructions there are, is left out. */
const chosenOnly = (fix: Fix): readonly Fix[] =>
  fix.file || fix.effect.removes || fix.effect.inserts ? NONE : [{ ...fix, safety: 'manual' }];

/** Findings without any fix, for a standard that knows nothing of templates. */
export const withoutFixes = (findings: readonly Finding[]): Finding[] =>
  findings.map(finding => withFixes(finding, NONE));

/** A plain copy of a finding, with these fixes. */
export const withFixes = (
  { rule, codes, severity, message, span, at, tag }: Finding,
  fixes: readonly Fix[],
): Finding => ({
  rule,
  codes,
  severity,
  message,
  span,
  at,
  fixes,
  ...(tag ? { tag } : {}),
});

/** What ShellCheck says about the shell, or about variables that may be set elsewhere. */
const NOT_OF_ONE_SCRIPT = /^SC(?:3\d{3}|2039|2034|2153|2154)$/;
