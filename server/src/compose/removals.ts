import type { FixSafety, RuleFix } from '../rules/rule.js';
import { fixOf, removeItem, removeKey } from './edits.js';
import type { Project, Service } from './project.js';
import type { Value } from './value.js';

/** “Remove KEY”, of a service; undefined where the text does not allow it. */
export const withoutKey = (
  project: Project,
  { name }: Service,
  key: string,
  safety: FixSafety = 'review',
): RuleFix | undefined => fixOf(`Remove ${key}`, safety, removeKey(project, 'services', name, key));

/** “Remove NAME”, an item of a list of a service; undefined where the text does not allow it. */
export const withoutItem = (
  project: Project,
  service: Service,
  key: string,
  { name, item }: { readonly name: string; readonly item: Value },
  safety: FixSafety = 'review',
): RuleFix | undefined => fixOf(`Remove ${name}`, safety, removeItem(project, item, 'services', service.name, key));
