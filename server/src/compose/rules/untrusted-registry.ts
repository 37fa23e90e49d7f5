import { defineComposeRule } from '../rule.js';
import { builds, imageOf } from '../service-facts.js';
import { ownServices } from '../services.js';
import { scalarAt } from '../value.js';

export default defineComposeRule({
  id: 'untrusted-registry',
  codes: [],
  summary: 'An image comes from a registry that is not trusted.',
  rationale: 'Say in `trustedRegistries` of the configuration which registries images may come from.',
  category: 'security',
  practice: 'trusted-sources',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [{ code: 'services:\n  web:\n    image: «nginx:1.29»\n', options: { trustedRegistries: ['ghcr.io/acme'] } }],
    good: [
      {
        code: 'services:\n  web:\n    image: ghcr.io/acme/web:1\n',
        why: 'It is on the list.',
        options: { trustedRegistries: ['ghcr.io/acme'] },
      },
      { code: 'services:\n  web:\n    image: nginx:1.29\n', why: 'There is no list.' },
    ],
  },
  check({ project, options, report }) {
    const trusted = options['trustedRegistries'];
    if (!Array.isArray(trusted) || trusted.length === 0) return;
    for (const service of ownServices(project)) {
      const image = scalarAt(service.body, 'image');
      const reference = imageOf(service);
      if (!image || !reference || builds(service)) continue;
      const registry = reference.registry ?? 'docker.io';
      const prefix = `${registry}/${reference.path}`;
      const isTrusted = trusted.some(
        one => typeof one === 'string' && (one === registry || prefix.startsWith(`${one.replace(/\/$/, '')}/`)),
      );
      if (isTrusted) continue;
      report(image, {
        message: `${registry} is not a trusted registry. Use an image from a trusted one.`,
      });
    }
  },
});
