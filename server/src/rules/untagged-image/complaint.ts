import type { ImageReference } from '../../dockerfile/index.js';
import { hasVersionTags } from '../../images/current-tags.js';
import type { Report } from '../rule.js';

export const addVersionTag = (reference: ImageReference): Pick<Report, 'message' | 'severity'> =>
  hasVersionTags(reference)
    ? {
        message: `${reference.text} has no tag, so Docker uses \`latest\`, which changes over time. Add a version tag.`,
      }
    : { message: `The tags of ${reference.text} move. Pin it by digest.`, severity: 'hint' };
