import { parseReference } from '../../dockerfile/index.js';
import { describeImage } from '../../images/index.js';
import type { FileFacts, Stage } from '../index.js';
import { packageActions } from '../packages/in-run.js';
import { perLineage } from '../per-lineage.js';

/** Packages that bring these along. */
const BROUGHT_BY: Readonly<Record<string, RegExp>> = {
  make: /^(?:build-base|build-essential|alpine-sdk)$/,
  gcc: /^(?:build-base|build-essential|alpine-sdk|g\+\+)$/,
  'g++': /^(?:build-base|build-essential|alpine-sdk)$/,
  node: /^nodejs/,
  npm: /^npm$/,
};

/**
 * Commands that the stage, or one that is FROM it, calls and would miss on another image, although its own may have them:
 * what they install is left out.
 */
export function lostCommands(facts: FileFacts, stage: Stage, image: string): readonly string[] {
  const other = describeImage(parseReference(image), { escape: facts.dockerfile.escape });
  return missedIn(facts, stage, name => other.lacksCommand(name));
}

/** Of those, what the image had in earlier versions. */
export function droppedCommands(facts: FileFacts, stage: Stage, image: string): readonly string[] {
  const other = describeImage(parseReference(image), { escape: facts.dockerfile.escape });
  return missedIn(facts, stage, name => other.droppedCommand(name));
}

/** Options that programs no longer have. */
const OPTIONS: readonly { readonly image: RegExp; readonly option: string; readonly since: number }[] = [
  // elastic.co/guide/en/logstash/9.0/breaking-changes-9.0.html
  { image: /(?:^|\/)logstash$/, option: '--modules', since: 9 },
];

/** Options that the stage, or one that is FROM it, gives to the image’s program and a newer version of it does not take. */
export function droppedOptions(facts: FileFacts, stage: Stage, image: string): readonly string[] {
  const { path, tag = '' } = parseReference(image);
  const major = Number.parseInt(tag, 10);
  const instructions = [stage, ...facts.descendants(stage)].flatMap(one => one.instructions);
  return OPTIONS.filter(
    row =>
      row.image.test(path) &&
      major >= row.since &&
      instructions.some(({ instruction: { keyword, text } }) => STARTS.test(keyword) && text.includes(row.option)),
  ).map(({ option }) => option);
}

const STARTS = /^(?:CMD|ENTRYPOINT|RUN)$/;

interface Needs {
  /** The commands that are called. */
  readonly used: ReadonlySet<string>;
  readonly installed: readonly string[];
}

/** What a stage and those that are FROM it need; it is asked for one image after the other. */
const needsOf = perLineage((facts: FileFacts, stage: Stage): Needs => {
  const instructions = [stage, ...facts.descendants(stage)].flatMap(one => one.instructions);
  const installed = instructions.flatMap(placed =>
    packageActions(facts.at(placed), 'install').flatMap(({ packages }) =>
      packages.map(({ value }) => value.replace(/=.*$/s, '')),
    ),
  );
  const used = new Set<string>();
  for (const placed of instructions) {
    const { instruction } = placed;
    for (const { base } of facts.at(placed).commands) if (base !== '') used.add(base);
    const [shell] = instruction.keyword === 'SHELL' ? instruction.words : [];
    if (shell) used.add(shell.text.slice(shell.text.lastIndexOf('/') + 1));
  }
  return { used, installed };
});

function missedIn(facts: FileFacts, stage: Stage, isMissing: (name: string) => boolean): readonly string[] {
  const { used, installed } = needsOf(facts, stage);
  const isInstalled = (name: string): boolean =>
    installed.some(one => one === name || BROUGHT_BY[name]?.test(one) === true);
  return [...used].filter(name => isMissing(name) && !stage.image.lacksCommand(name) && !isInstalled(name));
}
