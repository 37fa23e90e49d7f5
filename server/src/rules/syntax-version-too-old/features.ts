import type { Instruction } from '../../dockerfile/index.js';
import { mountsOf } from '../../facts/index.js';
import type { Span } from '../../text/span.js';

/** Something that an older version of Docker's Dockerfile syntax does not know. */
export interface Feature {
  readonly name: string;
  /** `1.since` is the first version with it. */
  readonly since: number;
  /** The first `1.labs-labs`, or `1.labs-experimental`, with it, where it was tried out before. */
  readonly labs?: number;
  readonly source: string;
  /** Where an instruction uses it. */
  readonly usedIn: (instruction: Instruction) => Span | undefined;
}

const REFERENCE = 'https://docs.docker.com/reference/dockerfile/';
const NOTES = 'https://docs.docker.com/build/buildkit/dockerfile-release-notes/';

const flag =
  (keywords: readonly string[], name: string, value = /(?:)/): Feature['usedIn'] =>
  instruction => {
    if (!keywords.includes(instruction.keyword)) return undefined;
    const used = instruction.flags.find(one => one.name === name && value.test(one.value ?? ''));
    return (
      used && {
        start: used.span.start,
        end: used.value === undefined ? used.span.end : used.span.start + name.length + 2,
      }
    );
  };

const modifier =
  (pattern: RegExp): Feature['usedIn'] =>
  instruction =>
    instruction.keyword === 'RUN'
      ? undefined
      : instruction.variablesIn(instruction.arguments).find(use => pattern.test(use.modifier))?.span;

const heredoc =
  (pattern: RegExp): Feature['usedIn'] =>
  instruction => {
    const match = instruction.heredocs.length > 0 ? pattern.exec(instruction.text) : null;
    return match ? { start: match.index, end: match.index + match[0].length } : undefined;
  };

const COPIES = ['ADD', 'COPY'];

/** The versions were compared with the parsers of BuildKit from 0.12 (Dockerfile 1.6) on; older ones are as documented. */
export const FEATURES: readonly Feature[] = [
  { name: 'RUN --mount', since: 2, labs: 0, source: `${REFERENCE}#run---mount`, usedIn: flag(['RUN'], 'mount') },
  { name: 'RUN --network', since: 3, labs: 0, source: `${REFERENCE}#run---network`, usedIn: flag(['RUN'], 'network') },
  {
    name: 'RUN --security',
    since: 20,
    labs: 0,
    source: `${REFERENCE}#run---security`,
    usedIn: flag(['RUN'], 'security'),
  },
  { name: 'RUN --device', since: 27, labs: 14, source: `${REFERENCE}#run---device`, usedIn: flag(['RUN'], 'device') },
  {
    name: 'a secret mount with env=',
    since: 10,
    source: NOTES,
    usedIn: instruction =>
      mountsOf(instruction).find(({ type, options }) => type === 'secret' && options.has('env'))?.flag.valueSpan,
  },
  { name: '--chmod', since: 2, source: `${REFERENCE}#copy---chown---chmod`, usedIn: flag(COPIES, 'chmod') },
  { name: 'a variable in --chmod', since: 10, source: NOTES, usedIn: flag(COPIES, 'chmod', /\$/) },
  {
    name: 'letters in --chmod',
    since: 14,
    labs: 11,
    source: NOTES,
    usedIn: flag(COPIES, 'chmod', /^[ugoa]*[-+=][rwxXst]/),
  },
  { name: '--link', since: 4, source: `${REFERENCE}#copy---link`, usedIn: flag(COPIES, 'link') },
  { name: '--exclude', since: 19, labs: 7, source: `${REFERENCE}#copy---exclude`, usedIn: flag(COPIES, 'exclude') },
  {
    name: 'COPY --parents',
    since: 20,
    labs: 7,
    source: `${REFERENCE}#copy---parents`,
    usedIn: flag(['COPY'], 'parents'),
  },
  {
    name: 'ADD --checksum',
    since: 6,
    labs: 5,
    source: `${REFERENCE}#add---checksum`,
    usedIn: flag(['ADD'], 'checksum'),
  },
  // The reference says 1.1; it came with the sources from git (moby/buildkit#2799).
  { name: 'ADD --keep-git-dir', since: 5, source: NOTES, usedIn: flag(['ADD'], 'keep-git-dir') },
  { name: 'ADD --unpack', since: 17, source: `${REFERENCE}#add---unpack`, usedIn: flag(['ADD'], 'unpack') },
  {
    name: 'HEALTHCHECK --start-interval',
    since: 6,
    source: NOTES,
    usedIn: flag(['HEALTHCHECK'], 'start-interval'),
  },
  { name: 'a heredoc', since: 4, labs: 3, source: `${REFERENCE}#here-documents`, usedIn: heredoc(/\d*<<-?\s*\S+/) },
  { name: 'a heredoc with a space after <<', since: 16, source: NOTES, usedIn: heredoc(/\d*<<-?[ \t]+\S+/) },
  {
    name: 'several names in one ARG',
    since: 2,
    source: NOTES,
    usedIn: ({ keyword, pairs }) => (keyword === 'ARG' ? pairs[1]?.span : undefined),
  },
  { name: 'a default with “-”, “+” or “?” alone', since: 6, source: NOTES, usedIn: modifier(/^[-+?]$/) },
  { name: 'cutting or replacing in a variable', since: 7, source: NOTES, usedIn: modifier(/^(?:##?|%%?|\/\/?)$/) },
];
