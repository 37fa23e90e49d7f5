import { dependenciesOf } from '../dependencies.js';
import { defineComposeRule } from '../rule.js';
import { profilesOf } from '../service-facts.js';
import { ownServices } from '../services.js';

export default defineComposeRule({
  id: 'dependency-behind-profile',
  codes: [],
  summary: 'A service depends on one that is not started with it.',
  rationale:
    'A service with `profiles` is started only when one of them is asked for. Compose refuses to start what depends on it without.',
  category: 'correctness',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    depends_on: [«mail»]\n  mail:\n    image: axllent/mailpit:v1.27\n    profiles: [debug]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    profiles: [debug]\n    depends_on: [mail]\n  mail:\n    image: axllent/mailpit:v1.27\n    profiles: [debug]\n',
        why: 'They are started together.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project))
      for (const dependency of dependenciesOf(service)) {
        const other = project.services.get(dependency.name);
        const profiles = other ? profilesOf(other) : [];
        const own = profilesOf(service);
        if (profiles.length === 0 || !dependency.isRequired) continue;
        if (own.length > 0 && own.every(profile => profiles.includes(profile))) continue;
        report(dependency, {
          message: `“${dependency.name}” starts only with the profile ${profiles.join(' or ')}, so Compose refuses to start “${service.name}” without it. Add \`required: false\` or the same profile here.`,
        });
      }
  },
});
