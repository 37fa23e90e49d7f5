import { closest } from '../../text/closest.js';
import type { ValueProblem } from './value-problem.js';

const SYSTEMS =
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos macos';
const ARCHITECTURES =
  '386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm i386 x86_64 x86-64 aarch64 armhf armel';
/** What may be written alone: the other half is the builder's own. */
const ALONE: ReadonlySet<string> = new Set(`${SYSTEMS} ${ARCHITECTURES}`.split(' '));
export const USUAL_PLATFORMS = [
  'linux/amd64',
  'linux/arm64',
  'linux/arm/v7',
  'linux/386',
  'linux/ppc64le',
  'linux/s390x',
  'windows/amd64',
];

const SYSTEM = /^[A-Za-z0-9_-]+(?:\([A-Za-z0-9_.%-]*(?:\+[A-Za-z0-9_.%-]+)*\))?$/;
const COMPONENT = /^[A-Za-z0-9_.-]+$/;

/** os/arch[/variant], or one of the two alone (containerd/platforms, Parse). */
export function platformProblem(value: string): ValueProblem | undefined {
  if (value === '') return undefined;
  const [system = '', ...rest] = value.split('/');
  const valid =
    SYSTEM.test(system) &&
    rest.length <= 2 &&
    rest.every(part => COMPONENT.test(part)) &&
    (rest.length > 0 || ALONE.has(system.replace(/\(.*/, '').toLowerCase()));
  if (valid) return undefined;
  if (value.includes(','))
    return { message: `FROM takes one platform. Give several to docker build --platform instead.` };
  const near = closest(value, USUAL_PLATFORMS);
  return {
    message: `“${value}” is not a platform. Use one such as ${near ?? 'linux/amd64'}.`,
    ...(near ? { replacement: near } : {}),
  };
}
