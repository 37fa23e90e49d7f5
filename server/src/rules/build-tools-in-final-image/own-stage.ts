import type { Placed } from '../../dockerfile/index.js';
import { cased, insertAbove } from '../../edits/placing.js';
import { baseName, cleanPath } from '../../facts/files/transfer.js';
import type { FileFacts, Stage } from '../../facts/index.js';
import { flagValue } from '../../shell/options.js';
import type { RuleFix } from '../rule.js';

/**
 * The program that `go build -o` writes, in a second stage of its own, when the file has one stage and starts that very
 * program. For a person to decide: files that the program reads when it runs have to be copied as well.
 */
export function buildInOwnStage(facts: FileFacts, stage: Stage): RuleFix | undefined {
  if (stage.base.kind !== 'image' || stage.index > 0 || !stage.isFinal || stage.image.runtime !== 'go')
    return undefined;
  const { instruction: from } = stage.from;
  const image = from.from?.image;
  if (!image || from.from?.name || image.span.end !== from.text.trimEnd().length) return undefined;
  const runs = stage.instructions.filter(({ instruction }) => instruction.keyword === 'RUN');
  const last = runs.at(-1);
  const program = last && builtBy(facts, last);
  if (!last || program === undefined) return undefined;
  const after = stage.instructions.filter(placed => placed.index > last.index);
  const [next] = after;
  // What comes after the build stays, so it must be about the container, not about files of the builder.
  if (!next || after.some(({ instruction }) => !ABOUT_THE_CONTAINER.has(instruction.keyword))) return undefined;
  if (!after.some(({ instruction }) => starts(instruction.keyword, instruction.json?.[0]?.text, program)))
    return undefined;
  const [keyword, as, copy] = ['FROM', 'AS', 'COPY'].map(word => cased(stage, word));
  const runtime = runtimeFor(stage);
  const start = insertAbove(facts, next, `${keyword} ${runtime}\n${copy} --from=build ${program} ${program}`);
  // Stages are set apart by a blank line.
  const above = facts.dockerfile.text.slice(0, next.start + start.span.start);
  const gap = /\n[ \t\r]*\n$/.test(above) ? '' : '\n';
  return {
    title: `Build in a stage of its own, and ship the program alone on ${runtime}`,
    safety: 'manual',
    edits: [
      { at: stage.from, span: { start: image.span.end, end: image.span.end }, text: ` ${as} build` },
      { ...start, text: gap + start.text },
    ],
    effect: { inserts: ['FROM', 'COPY'], arguments: true },
  };
}

const ABOUT_THE_CONTAINER = new Set(['EXPOSE', 'CMD', 'ENTRYPOINT', 'LABEL', 'STOPSIGNAL']);

/** Where the only `go build -o` of a RUN writes to. */
function builtBy(facts: FileFacts, run: Placed): string | undefined {
  const at = facts.at(run);
  const builds = at.commands.filter(({ base, args }) => base === 'go' && args[0]?.value === 'build');
  const [build] = builds;
  if (builds.length !== 1 || !build?.top || build.args.some(word => !word.literal)) return undefined;
  const output = flagValue(build, '-o');
  const { workdir } = facts.stateBefore(run);
  if (output === undefined || /[\s"$]/.test(output) || output.endsWith('/')) return undefined;
  if (output.startsWith('/')) return cleanPath(output);
  if (at.commands.some(({ base }) => base === 'cd' || base === 'pushd')) return undefined;
  return workdir?.startsWith('/') ? cleanPath(`${workdir}/${output}`) : undefined;
}

/** Only an absolute path, or a name on the PATH, is the same program in an image without the WORKDIR of the builder. */
const starts = (keyword: string, command: string | undefined, program: string): boolean =>
  (keyword === 'CMD' || keyword === 'ENTRYPOINT') &&
  (command === program || (command === baseName(program) && /^\/usr(?:\/local)?\/bin\//.test(program)));

/** An image with the C library that the program was linked with, certificates and time zones. */
function runtimeFor(stage: Stage): string {
  const tag = stage.base.kind === 'image' ? (stage.base.reference.tag ?? '') : '';
  if (tag.includes('alpine')) return `alpine:${/alpine(\d+\.\d+)/.exec(tag)?.[1] ?? '3.23'}`;
  return `gcr.io/distroless/base-debian${/bookworm/.test(tag) ? 12 : 13}:nonroot`;
}
