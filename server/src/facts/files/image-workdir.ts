import type { Placed } from '../../dockerfile/index.js';
import { type FileFacts, rootOf, type Stage } from '../index.js';

/** Official images without a WORKDIR, so that paths are relative to `/` (their Dockerfiles, docker-library). */
const NONE = new Set([
  'alpine',
  'almalinux',
  'amazoncorretto',
  'amazonlinux',
  'archlinux',
  'buildpack-deps',
  'busybox',
  'centos',
  'debian',
  'eclipse-temurin',
  'fedora',
  'nginx',
  'node',
  'openjdk',
  'oraclelinux',
  'python',
  'rockylinux',
  'ruby',
  'rust',
  'ubuntu',
]);

/** Whether nothing but a WORKDIR of this file sets the stage's directory. */
export function startsAtRoot(stage: Stage): boolean {
  const root = rootOf(stage);
  if (root.base.kind === 'scratch') return true;
  if (root.base.kind !== 'image' || root.base.certainty === 'unknown') return false;
  const { registry, path } = root.base.reference;
  return (registry === undefined || registry === 'docker.io') && NONE.has(path.replace(/^library\//, ''));
}

/** The directory in force above an instruction, also where no WORKDIR says so: `./` and `/` may be one place. */
export function workdirAt(facts: FileFacts, placed: Placed): string | undefined {
  const stage = facts.stageOf(placed);
  return facts.stateBefore(placed).workdir ?? (stage && startsAtRoot(stage) ? '/' : undefined);
}
