import { isMountSwitch, MOUNT_SHARING, MOUNT_TYPES, mountKeys } from '../../dockerfile/index.js';
import { type Completion, ending, type Writing } from './item.js';
import { stagesBefore } from './stages.js';

/** The next field of a `--mount`, whose value is written as far as `value`. */
export function mountCompletions(writing: Writing, value: string): readonly Completion[] {
  const { offset } = writing;
  const fields = value.split(',');
  const typed = fields.pop() ?? '';
  const equals = typed.indexOf('=');
  if (equals >= 0) {
    const text = typed.slice(equals + 1);
    const values = (labels: readonly string[]): readonly Completion[] =>
      labels.map((label, order) => ({ label, kind: 'value', span: ending(offset, text), order }));
    switch (typed.slice(0, equals)) {
      case 'type':
        return values(MOUNT_TYPES);
      case 'sharing':
        return values(MOUNT_SHARING);
      case 'from':
        return stagesBefore(writing, text);
      default:
        return [];
    }
  }
  const given = new Map(fields.map(field => [field.split('=')[0] ?? '', field.split('=')[1]]));
  return mountKeys(given.get('type'))
    .filter(key => !given.has(key))
    .map((key, order) => ({
      label: isMountSwitch(key) ? key : `${key}=`,
      kind: 'key',
      span: ending(offset, typed),
      order,
    }));
}
