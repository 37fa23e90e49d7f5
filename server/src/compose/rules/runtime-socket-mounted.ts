import { isForWatching } from '../host-paths.js';
import { hostPathOf, mountsOf, realPath } from '../mounts.js';
import { defineComposeRule } from '../rule.js';
import { imageOf } from '../service-facts.js';
import { ownServices } from '../services.js';
import { entryOf, truth } from '../value.js';

const SOCKET = /(?:^|[\\/])(?:docker|containerd|crio|podman|cri-dockerd)\.sock$|docker_engine$/;
/** Folders in which one is. */
const FOLDERS = /^\/run(?:\/(?:containerd|podman|docker|crio|k3s(?:\/containerd)?|user\/\d+\/podman))?$/;
/** These let only some requests pass. */
const PROXY = /socket-?proxy/i;

function holdsSocket(from: string, isReadOnly: boolean, image: string): boolean {
  const path = realPath(from);
  if (SOCKET.test(path) || FOLDERS.test(path)) return true;
  // All of the host, writable, is another finding, and so is what a program sees that watches the host.
  return isReadOnly && (path === '/' || path === '/var') && !isForWatching(from, isReadOnly, image);
}

export default defineComposeRule({
  id: 'runtime-socket-mounted',
  codes: ['CL-0001', 'docker_socket_mounted_in_container', 'exposing-docker-socket-volume', 'CIS-5.32'],
  summary: 'A service has access to the socket of a container runtime.',
  rationale:
    'Whoever can write to the socket starts containers with any rights: that is root on the host. `:ro` does not help, as it keeps the file from being deleted and not the program from talking through it. A proxy that lets only some requests pass, such as tecnativa/docker-socket-proxy, gives programs what they need.',
  category: 'security',
  practice: 'permissions',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - «/var/run/docker.sock:/var/run/docker.sock:ro»\n',
        why: 'Read-only does not help.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - «${DOCKER_SOCK:-/var/run/docker.sock}:/var/run/docker.sock»\n',
        why: 'The default of a variable.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - «hostrun:/host»\nvolumes:\n  hostrun:\n    driver_opts: {type: none, device: /var/run, o: bind}\n',
        why: 'The volume is a folder of the host.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - «/run/user/${UID}/docker.sock:/var/run/docker.sock»\n',
        why: 'Whoever the user is, it is a socket of Docker.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - «/run/user/1000/podman:/podman:ro»\n      - «/run/k3s/containerd:/containerd:ro»\n',
        why: 'The sockets of rootless Podman and of k3s are in these folders.',
      },
      {
        code: 'services:\n  cadvisor:\n    image: gcr.io/cadvisor/cadvisor:v0.52.1\n    volumes:\n      - /:/rootfs:ro\n      - «/var/run:/var/run:ro»\n      - /sys:/sys:ro\n',
        why: 'What watches the host may see its files, but the folder has the socket.',
      },
    ],
    good: [
      {
        code: 'services:\n  cadvisor:\n    image: gcr.io/cadvisor/cadvisor:v0.52.1\n    volumes:\n      - /:/rootfs:ro\n',
        why: 'It watches the host: sensitive-host-path says that it sees all of it.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - /run/user/1000/pulse:/run/pulse\n',
        why: 'Another folder of a user.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    volumes:\n      - /run/app:/run/app\n',
        why: 'Another folder below /run.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const api = entryOf(service.body, 'use_api_socket');
      if (api && truth(api.value) === true)
        report(api, {
          message: `“${service.name}” has access to the Docker socket, which amounts to root on the host.`,
        });
      for (const mount of mountsOf(service)) {
        const path = hostPathOf(mount, project);
        // A variable that nobody sets may name the folder of a socket, but not what the socket is.
        const from = path !== undefined && (mount.isKnown || SOCKET.test(path)) ? path : undefined;
        const image = imageOf(service)?.text ?? '';
        if (from === undefined || !holdsSocket(from, mount.isReadOnly, image)) continue;
        const isProxy = PROXY.test(image);
        report(mount, {
          message: isProxy
            ? 'The proxy has access to the Docker socket. Give it its own network and allow only the requests that are needed.'
            : `“${service.name}” has access to the socket of a container runtime, which amounts to root on the host. Use a socket proxy.`,
          ...(isProxy ? { severity: 'info' as const } : {}),
        });
      }
    }
  },
});
