import type { ImageReference } from '../dockerfile/index.js';
import type { RuleFix } from '../edits/fix.js';
import { currentTags } from '../images/current-tags.js';
import { fixOf, replaceScalar } from './edits.js';
import type { Project, Service } from './project.js';
import type { Scalar } from './value.js';

/** One choice for each known tag of an image; which one it is to be nobody else can say. */
export function tagFixes(
  project: Project,
  service: Service,
  image: Scalar,
  reference: ImageReference,
): readonly (RuleFix | undefined)[] {
  const row = currentTags(reference);
  if (!row || image.raw !== image.text) return [];
  const variant = /(?:^|-)(alpine|slim)/.exec(reference.tag ?? '')?.[1];
  const isSame = (tag: string): boolean => (variant === undefined ? !/alpine|slim/.test(tag) : tag.includes(variant));
  const tags = row.tags.toSorted((a, b) => Number(isSame(b)) - Number(isSame(a)));
  return tags.map(tag => {
    const text = `${reference.text.slice(0, reference.nameEnd)}:${tag}`;
    return fixOf(
      `Use ${reference.name}:${tag}`,
      'manual',
      replaceScalar(project, image, text, ['services', service.name, 'image']),
    );
  });
}
