import { fixOf } from '../edits.js';
import { variablesIn } from '../interpolate.js';
import { defineComposeRule } from '../rule.js';
import { scalarsIn, valueAt } from '../value.js';

/** Every shell sets them. */
const FROM_OUTSIDE = /^(?:HOME|USER|PWD|PATH|HOSTNAME|COMPOSE_\w+|DOCKER_\w+)$/;

export default defineComposeRule({
  id: 'unset-variable',
  codes: [],
  summary: 'A variable is not set, so it is empty.',
  rationale:
    'Compose warns and goes on with an empty text, which is seldom meant. `${NAME:?}` stops with a message, `${NAME:-value}` has a default. A dollar sign that the container is to see is written `$$`.',
  category: 'correctness',
  severity: 'info',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    environment:\n      A: «${A}»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    environment:\n      A: ${A:?}\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    environment:\n      A: ${A}\n',
        why: 'It is in `.env`.',
        files: { '.env': 'A=1\n' },
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    environment:\n      A: ${A:-1}\n      B: $$B\n',
        why: 'A default, and a dollar sign.',
      },
    ],
  },
  check({ project, report }) {
    const told = new Set<string>();
    const { source, root } = project.own;
    for (const scalar of root ? scalarsIn(valueAt(root, 'services')) : []) {
      if (scalar.isKnown || scalar.source !== source || scalar.isAlias) continue;
      const written = source.text.slice(scalar.span.start, scalar.span.end);
      for (const use of variablesIn(written)) {
        if (use.operator !== '' || project.variables.has(use.name) || told.has(use.name) || FROM_OUTSIDE.test(use.name))
          continue;
        told.add(use.name);
        const span = { start: scalar.span.start + use.start, end: scalar.span.start + use.end };
        report(
          { source, span },
          {
            message: `${use.name} is not set, so it is empty. Write \`\${${use.name}:?}\` to require it, or \`\${${use.name}:-…}\` for a default.`,
            // Whoever sets them in the shell or in CI knows of it.
            minor: true,
            fixes: () => [
              fixOf(`Stop when ${use.name} is not set`, 'review', {
                edits: [{ span, text: `\${${use.name}:?}` }],
                effect: { paths: [['services']] },
              }),
            ],
          },
        );
      }
    }
  },
});
