import type { ImageReference } from '../../dockerfile/index.js';
import { hasVersionTags } from '../../images/current-tags.js';
import type { Report } from '../rule.js';

export const addVersionTag = (reference: ImageReference): Pick<Report, 'message' | 'severity'> =>
  hasVersionTags(reference)
    ? {
        message: `Add the tag of a version: ${reference.text} without a tag is whatever “latest” is on the day of the build.`,
      }
    : { message: `Pin ${reference.text} by digest: its tags move.`, severity: 'hint' };
