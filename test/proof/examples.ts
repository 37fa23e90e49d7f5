import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RULES } from '../../server/src/rules/index.js';
import type { BadExample, GoodExample, Rule } from '../../server/src/rules/rule.js';
import { findingsOf, optionsFor } from '../../server/src/tools/rule-fixes.js';
import type { EngineRoom } from '../engine-room/room.js';
import { tail } from '../lib/execute.js';
import { unmark } from '../lib/markers.js';
import { writeFiles } from './observe.js';

/** Rules whose errors say that the build stops, and whose other examples have to build from end to end. */
const ABOUT_BUILDS = new Set([
  'command-not-in-image',
  'copy-ignored-file',
  'folder-not-writable',
  'invalid-account-command',
  'pipefail-not-supported',
  'root-command-as-user',
  'shell-not-in-image',
  'shell-without-command-option',
  'unknown-copy-source',
]);

/** Bases that are here as they are elsewhere. */
const BASE = /^(?:debian:1[23](?:-slim)?|scratch)$/;
const NAMED = /(?:^\s*FROM\s+(?:--\S+\s+)*|--from=|,from=)([^\s,]+)/gim;
/** What a build has from the network. */
const FROM_NETWORK = /https?:|git@|\b(?:apt|apt-get|pip3?|npm|curl|wget|ssh)\b/;

interface Example {
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
  /** What the rule says of it. */
  readonly says: 'stops' | 'builds' | 'nothing';
}

/** The examples of a rule that can be built here. */
function examplesOf(rule: Rule): readonly Example[] {
  const isAboutBuilds = ABOUT_BUILDS.has(rule.id);
  const example = (text: string, { files = {} }: BadExample | GoodExample, says: Example['says']): Example[] =>
    canBeBuilt(text) ? [{ text, files: { ...sourcesOf(text, files), ...files }, says }] : [];
  const without = isAboutBuilds ? 'builds' : 'nothing';
  return [
    ...rule.examples.bad.flatMap(bad => {
      const { text } = unmark(bad.code);
      const isError = findingsOf(rule, text, optionsFor(rule, bad)).some(({ severity }) => severity === 'error');
      return [
        ...example(text, bad, isAboutBuilds && isError ? 'stops' : 'nothing'),
        ...(bad.fixed === undefined ? [] : example(bad.fixed, bad, without)),
      ];
    }),
    ...rule.examples.good.flatMap(good => example(good.code, good, without)),
  ];
}

function canBeBuilt(text: string): boolean {
  const stages = new Set([...text.matchAll(/\sAS\s+(\S+)/gi)].map(([, name = '']) => name.toLowerCase()));
  const names = [...text.matchAll(NAMED)].map(([, name = '']) => name);
  const isHere = (name: string): boolean => BASE.test(name) || stages.has(name.toLowerCase()) || /^\d$/.test(name);
  return /^\s*FROM\s/im.test(text) && names.every(isHere) && !FROM_NETWORK.test(text);
}

/** What COPY and ADD take from the build context: a file where the name has an extension, else a folder with one. */
function sourcesOf(text: string, files: Readonly<Record<string, string>>): Record<string, string> {
  const lines = text.split('\n').filter(line => /^\s*(?:COPY|ADD)\s/i.test(line) && !line.includes('--from'));
  const words = lines.flatMap(line => line.trim().split(/\s+/).slice(1, -1));
  const isGiven = (name: string): boolean => Object.keys(files).some(path => `${path}/`.startsWith(`${name}/`));
  const names = words.filter(word => /^[\w./-]*\w$/.test(word) && !isGiven(word));
  return Object.fromEntries(names.map(name => [/\.\w+$/.test(name) ? name : `${name}/file.txt`, 'text\n']));
}

/** Builds a rule's examples; gives how many. @throws Error with those of which the rule and BuildKit say different things. */
export async function buildExamples(rule: Rule, room: EngineRoom): Promise<number> {
  const wrong: string[] = [];
  const examples = examplesOf(rule);
  for (const { text, files, says } of examples) {
    const context = mkdtempSync(join(tmpdir(), 'dockwright-example-'));
    try {
      writeFiles(context, { ...files, Dockerfile: text });
      const { code, log } = await room.buildkit.build({ context, images: await room.bases.namedIn(text) });
      if (code === 0 ? says === 'stops' : says !== 'stops' && !isOwnFault(log, says))
        wrong.push(`${says === 'stops' ? 'It builds' : `It stops\n${tail(log, 8)}`}\n${text}`);
    } finally {
      rmSync(context, { recursive: true, force: true });
    }
  }
  if (wrong.length > 0) throw new Error(wrong.join('\n\n'));
  return examples.length;
}

/** Examples are short: they call programs and name files that a real file would have brought before. */
function isOwnFault(log: string, says: Example['says']): boolean {
  const commandFailed = log.includes('did not complete successfully');
  return says === 'builds'
    ? commandFailed && log.includes('exit code: 127')
    : commandFailed || log.includes('not found');
}

export const RULES_WITH_EXAMPLES: readonly Rule[] = RULES.filter(rule => examplesOf(rule).length > 0);
