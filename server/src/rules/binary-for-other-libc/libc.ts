import { rootOf, type Stage } from '../../facts/index.js';

export type Libc = 'glibc' | 'musl' | 'none' | 'unknown';

const STATIC = /^gcr\.io\/distroless\/static(?:-|$)|^cgr\.dev\/chainguard\/static$/;

/** The C library of the image that a stage rests on. */
export function libcOf(stage: Stage): Libc {
  const { base } = rootOf(stage);
  if (base.kind === 'scratch') return 'none';
  if (base.kind !== 'image' || base.certainty === 'unknown') return 'unknown';
  const { registry, path } = base.reference;
  if (STATIC.test(`${registry ?? ''}/${path}`)) return 'none';
  switch (stage.image.family) {
    case 'debian':
    case 'ubuntu':
    case 'rhel':
    case 'rhel-minimal':
    case 'suse':
      return 'glibc';
    case 'alpine':
      return 'musl';
    default:
      return 'unknown';
  }
}
