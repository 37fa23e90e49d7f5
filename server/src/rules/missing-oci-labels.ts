import { insertBelow, lastOf } from '../edits/placing.js';
import { labelsOf } from './labels/schema.js';
import { defineRule } from './rule.js';

const PREFIX = 'org.opencontainers.image.';
const WANTED = ['title', 'description', 'source', 'licenses'] as const;

export default defineRule({
  id: 'missing-oci-labels',
  codes: [],
  summary: 'The image has no labels that describe it and its source.',
  rationale:
    'Registries, scanners and people read the labels of the OCI image specification. Those of the base image are inherited, so without own ones the image claims to be its base. Version, revision and creation time are better set by the build (`docker build --label`, `docker/metadata-action`).',
  category: 'maintainability',
  practice: 'metadata',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  links: ['https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys'],
  examples: {
    bad: [
      {
        code: 'FROM «alpine:3.22»\nRUN true\n',
        fixed:
          'FROM alpine:3.22\nRUN true\nLABEL org.opencontainers.image.title="<title>" \\\n      org.opencontainers.image.description="<description>" \\\n      org.opencontainers.image.source="<source>" \\\n      org.opencontainers.image.licenses="<licenses>"\n',
      },
    ],
    good: [
      {
        code: 'FROM alpine:3.22\nLABEL org.opencontainers.image.source=https://example.com/app\n',
        why: 'Somebody thought of it.',
      },
      { code: 'FROM alpine:3.22\nLABEL org.label-schema.name=app\n', why: 'The older convention.' },
    ],
  },
  reading: 'own',
  stage: {},
  check({ facts, report }) {
    const { final } = facts;
    if (!final) return;
    const instructions = facts.lineage(final);
    const has = instructions.some(({ instruction }) =>
      labelsOf(instruction).some(
        ({ key }) => key.startsWith(PREFIX) || key.startsWith('org.label-schema.') || key.includes('$'),
      ),
    );
    if (has) return;
    const joint = ` ${facts.dockerfile.escape}\n      `;
    const snippet = `LABEL ${WANTED.map(name => `${PREFIX}${name}="<${name}>"`).join(joint)}`;
    report(final.from, {
      span: final.from.instruction.from?.image.span ?? final.from.instruction.keywordSpan,
      message: `The image does not say where it comes from. Add labels such as \`${PREFIX}source\`.`,
      fixes: [
        {
          title: 'Add labels with values to fill in',
          safety: 'manual',
          edits: [insertBelow(facts, lastOf(final), snippet)],
          effect: { inserts: ['LABEL'] },
        },
      ],
    });
  },
});
