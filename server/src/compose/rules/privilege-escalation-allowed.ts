import { addItem, addToService, fixOf, replaceScalar } from '../edits.js';
import { gainsNoRights, raises } from '../needs.js';
import { defineComposeRule } from '../rule.js';
import { canLack, isPrivileged, securityOptionsOf } from '../service-facts.js';
import { ownServices } from '../services.js';
import { entryOf, itemsOf } from '../value.js';

export default defineComposeRule({
  id: 'privilege-escalation-allowed',
  codes: ['CL-0003', 'no_new_privileges_not_set', 'security_opt_not_set', 'no-new-privileges', 'CIS-5.26'],
  summary: 'Programs of a service can gain additional privileges.',
  rationale:
    'With `no-new-privileges` a setuid program, such as sudo or su, runs with the rights of its caller. An entry point that lowers its rights, as that of postgres does with gosu, goes on working.',
  category: 'security',
  practice: 'permissions',
  severity: 'info',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  «web»:\n    image: nginx:1.29\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    security_opt:\n      - no-new-privileges:true\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    security_opt: [«"no-new-privileges:false"»]\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    security_opt: ["no-new-privileges:true"]\n',
      },
      {
        code: 'services:\n  «app»:\n    build: .\n',
        why: 'The image has sudo, which would stop working: there is no fix.',
        files: { Dockerfile: 'FROM debian:13\nRUN apt-get update && apt-get install -y sudo\nUSER 1000\n' },
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    security_opt: ["no-new-privileges=true"]\n',
        why: 'It is set.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    security_opt: [no-new-privileges]\n',
        why: 'The name alone sets it, too.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      if (!canLack(service, project) || isPrivileged(service) || project.isSwarm) continue;
      const entry = entryOf(service.body, 'security_opt');
      if (entry && itemsOf(entry.value).some(item => item.kind === 'scalar' && !item.isKnown)) continue;
      const last = securityOptionsOf(service).findLast(({ key }) => key === 'no-new-privileges');
      if (last && last.value !== 'false') continue;
      const isSafe = gainsNoRights(service, project);
      const path = ['services', service.name, 'security_opt'];
      const change = last
        ? replaceScalar(project, last.item, 'no-new-privileges:true', path)
        : entry
          ? addItem(project, 'no-new-privileges:true', ...path)
          : addToService(project, service, { security_opt: ['no-new-privileges:true'] });
      report(last ? last.item : { source: service.entry.source, span: service.entry.keySpan }, {
        message: `Programs of “${service.name}” can gain privileges, for example with sudo. Add \`no-new-privileges\` to \`security_opt\`.`,
        minor: true,
        fixes: () => [
          raises(service, project) ? undefined : fixOf('Add no-new-privileges', isSafe ? 'safe' : 'review', change),
        ],
      });
    }
  },
});
