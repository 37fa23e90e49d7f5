import { parseReference } from '../../dockerfile/index.js';
import { currentTags } from '../../images/current-tags.js';
import { OFFICIAL_NAMES } from '../../images/official-names.js';
import { LISTED_UNTIL } from '../../images/tag-lists.js';
import { compareVersions, hasTag, tagsOf } from '../../images/tags.js';
import { type Completion, ending, type Writing } from './item.js';
import { stagesBefore } from './stages.js';

const IN_FROM = /^\w+\s+(?:--\S+\s+)*(?:(\S+)\s+)?(\S*)$/;

/** The image of a FROM, its tag, or the AS after it. Only what is known without asking a registry. */
export function fromCompletions(writing: Writing): readonly Completion[] {
  const { offset, before } = writing;
  const match = IN_FROM.exec(before);
  if (!match) return [];
  const [, image, typed = ''] = match;
  if (image !== undefined) return [{ label: 'AS', kind: 'keyword', span: ending(offset, typed) }];
  const colon = typed.indexOf(':');
  if (colon >= 0) return tagCompletions(typed.slice(0, colon), ending(offset, typed.slice(colon + 1)));
  if (/[/$@]/.test(typed)) return [];
  const names = ['scratch', ...OFFICIAL_NAMES.split(' ')];
  return [
    ...stagesBefore(writing, typed),
    ...names.map((label): Completion => ({ label, kind: 'image', span: ending(offset, typed), order: OFFICIAL })),
  ];
}

/** After all stages. */
const OFFICIAL = 10_000;
/** A list that nobody reads to its end. */
const MOST_TAGS = 200;

/** The tags that are built now and certain to be there: those to prefer, then the newest. */
function tagCompletions(image: string, span: Completion['span']): readonly Completion[] {
  const { registry, path } = parseReference(image);
  if (registry !== undefined) return [];
  const tags = tagsOf(path.replace(/^library\//, ''));
  const preferred = currentTags(parseReference(image))?.tags ?? [];
  const versions = [...(tags?.live ?? [])].sort((a, b) => compareVersions(b, a));
  const variants = [...(tags?.current ?? [])];
  const built = versions.flatMap(version =>
    variants.flatMap(variant => (tags && hasTag(tags, { version, variant }) ? `${version}${variant}` : [])),
  );
  const words = [...(tags?.words ?? [])].filter(word => word !== 'latest');
  return [...new Set([...preferred, ...built.slice(0, MOST_TAGS), ...words.slice(0, MOST_TAGS)])].map(
    (label, order) => ({
      label,
      kind: 'tag',
      span,
      order,
      detail: `seen up to ${LISTED_UNTIL}`,
    }),
  );
}
