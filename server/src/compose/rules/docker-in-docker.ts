import type { Project } from '../project.js';
import { defineComposeRule } from '../rule.js';
import { environmentOf, imageOf, profilesOf } from '../service-facts.js';
import { ownServices } from '../services.js';
import { entryOf } from '../value.js';

/** A proxy before the socket speaks the same, and lets only some of it pass. */
function isSocketProxy(url: string | undefined, { services }: Project): boolean {
  const host = /^tcp:\/\/([\w.-]+):/.exec(url ?? '')?.[1] ?? '';
  const service = services.get(host);
  return /proxy/i.test(host) || (service !== undefined && /proxy/i.test(imageOf(service)?.text ?? ''));
}

export default defineComposeRule({
  id: 'docker-in-docker',
  codes: ['CIS-5.5'],
  summary: 'A Docker daemon runs inside a container, or is reached without TLS.',
  rationale:
    'A daemon in a container needs all rights on the host, so what it builds and starts is not kept apart from it. `docker:dind-rootless` does with fewer; port 2376 with certificates keeps others of the network from using it.',
  category: 'security',
  practice: 'permissions',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      { code: 'services:\n  dind:\n    «image: docker:28.3-dind»\n' },
      {
        code: 'services:\n  ci:\n    image: docker:28.3-cli\n    environment:\n      - «DOCKER_HOST=tcp://docker:2375»\n',
      },
    ],
    good: [
      { code: 'services:\n  ci:\n    image: docker:28.3-cli\n', why: 'Only the client.' },
      { code: 'services:\n  dind:\n    image: docker:28.3-dind-rootless\n', why: 'It runs without root.' },
      {
        code: 'services:\n  app:\n    image: example/app:1\n    environment: ["DOCKER_HOST=tcp://socket-proxy:2375"]\n',
        why: 'A proxy that lets only some requests pass.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const image = entryOf(service.body, 'image');
      const reference = imageOf(service);
      const isDaemon =
        reference?.name === 'docker' && /dind/.test(reference.tag ?? '') && !/rootless/.test(reference.tag ?? '');
      const isForCi = profilesOf(service).some(profile => /ci|test/.test(profile));
      if (image && isDaemon && !isForCi)
        report(image, {
          message: `“${service.name}” is a Docker daemon with full access to the host. Use the rootless variant.`,
        });
      for (const pair of environmentOf(service)) {
        const isPlain =
          (pair.name === 'DOCKER_HOST' && /^tcp:\/\/.*:2375$/.test(pair.text ?? '')) ||
          (pair.name === 'DOCKER_TLS_CERTDIR' && pair.text === '');
        if (isPlain && pair.isKnown && !isSocketProxy(pair.text, project))
          report(pair, {
            message: 'Everyone in this network can use the daemon without TLS. Use port 2376 with certificates.',
          });
      }
    }
  },
});
