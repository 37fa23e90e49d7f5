import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { entryOf } from '../value.js';

export default defineComposeRule({
  id: 'image-and-build',
  codes: ['no-build-and-image'],
  summary: 'A service has an image and a build.',
  rationale: 'That is right: `image` is the name of what is built. Some like to have one of both only.',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.2.0',
  examples: {
    bad: [{ code: 'services:\n  web:\n    build: .\n    «image: team/web:1.0»\n' }],
    good: [{ code: 'services:\n  web:\n    build: .\n', why: 'Only a build.' }],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const image = entryOf(service.body, 'image');
      if (image && service.body.entries.has('build'))
        report(image, { message: `“${service.name}” is built, and image is the name of what is built.` });
    }
  },
});
