import { type Instruction, lex } from '../dockerfile/index.js';
import { likeCased, unquoted } from '../facts/files/transfer.js';
import { defineRule, type RuleFix } from './rule.js';

const LABEL = 'org.opencontainers.image.authors';

export default defineRule({
  id: 'maintainer-instruction',
  codes: ['DL4000', 'MaintainerDeprecated', 'DS-0022', 'CKV_DOCKER_6'],
  summary: '`MAINTAINER` is deprecated.',
  rationale: `A label says the same, is shown by \`docker inspect\`, and can be read by tools: \`${LABEL}\` is the name that the OCI image specification gives it.`,
  category: 'maintainability',
  practice: 'metadata',
  severity: 'info',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#maintainer-deprecated'],
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\n«MAINTAINER» Ann <ann@example.com>\n',
        fixed: `FROM alpine:3.22\nLABEL org.opencontainers.image.authors="Ann <ann@example.com>"\n`,
      },
      {
        code: 'FROM alpine:3.22\n«maintainer» Ann "A." \\ $Smith\n',
        fixed: `FROM alpine:3.22\nlabel org.opencontainers.image.authors="Ann \\"A.\\" \\\\ \\$Smith"\n`,
        why: 'What MAINTAINER takes as it is needs escapes in a label.',
      },
      {
        code: '# escape=`\nFROM alpine:3.22\n«MAINTAINER» C:\\Ann "A."\n',
        fixed: `# escape=\`\nFROM alpine:3.22\nLABEL org.opencontainers.image.authors="C:\\Ann \`"A.\`""\n`,
        why: 'With the other escape character.',
      },
      {
        code: 'FROM alpine:3.22\n«MAINTAINER» "Ann, ann@example.com"\n',
        fixed: `FROM alpine:3.22\nLABEL org.opencontainers.image.authors="Ann, ann@example.com"\n`,
        why: 'Quotes around the whole were meant as quotes.',
      },
    ],
    good: [{ code: `FROM alpine:3.22\nLABEL org.opencontainers.image.authors="Ann"\n`, why: 'A label.' }],
  },
  stage: { keywords: ['MAINTAINER'] },
  check({ facts, report }) {
    for (const placed of facts.all('MAINTAINER')) {
      const stage = facts.stageOf(placed);
      const taken = (stage?.instructions ?? []).some(
        ({ instruction, index }) =>
          index !== placed.index &&
          (instruction.keyword === 'MAINTAINER' ||
            (instruction.text.includes(LABEL) && instruction.pairs.some(pair => pair.key.includes(LABEL)))),
      );
      const fix = taken ? undefined : labelInstead(placed.instruction);
      report(placed, {
        span: placed.instruction.keywordSpan,
        message: `Use LABEL ${LABEL}="…": MAINTAINER is deprecated.`,
        tag: 'deprecated',
        fixes: fix ? [fix] : [],
      });
    }
  },
});

function labelInstead(instruction: Instruction): RuleFix | undefined {
  const { escape } = instruction;
  const name = unquoted(instruction.arguments.text);
  if (name === '' || instruction.comments.length > 0) return undefined;
  // Between double quotes these three, and nothing else, can be escaped (BuildKit's word lexer).
  const value = `"${name.replace(escape === '`' ? /["$`]/g : /["$\\]/g, ch => escape + ch)}"`;
  const read = lex(value, { escape });
  if (read.error !== undefined || read.value !== name || read.variables.length > 0) return undefined;
  const keyword = likeCased(instruction.rawKeyword, 'LABEL');
  return {
    title: `Change to ${keyword} ${LABEL}`,
    safety: 'safe',
    edits: [
      {
        span: { start: instruction.keywordSpan.start, end: instruction.argumentsSpan.end },
        text: `${keyword} ${LABEL}=${value}`,
      },
    ],
    effect: { renames: { MAINTAINER: 'LABEL' }, arguments: true },
  };
}
