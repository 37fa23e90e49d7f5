import type { ImageReference, Instruction } from '../dockerfile/index.js';
import { remove } from '../edits/words.js';
import { defineRule, type Reading } from './rule.js';

/** Other names of an architecture (containerd/platforms, normalizeArch). */
const ARCHITECTURES: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  armhf: 'arm',
  armel: 'arm',
  i386: '386',
};
const SYSTEMS = new Set([
  'aix',
  'android',
  'darwin',
  'dragonfly',
  'freebsd',
  'illumos',
  'ios',
  'js',
  'linux',
  'netbsd',
  'openbsd',
  'plan9',
  'solaris',
  'wasip1',
  'windows',
  'zos',
  'macos',
]);
const KNOWN = new Set([
  '386',
  'amd64',
  'amd64p32',
  'arm',
  'armbe',
  'arm64',
  'arm64be',
  'loong64',
  'mips',
  'mipsle',
  'mips64',
  'mips64le',
  'ppc',
  'ppc64',
  'ppc64le',
  'riscv',
  'riscv64',
  's390',
  's390x',
  'sparc',
  'sparc64',
  'wasm',
]);

export default defineRule({
  id: 'constant-platform',
  codes: ['DL3029', 'FromPlatformFlagConstDisallowed'],
  summary: '`FROM --platform` names a fixed platform.',
  rationale:
    'The stage is then built for that platform whatever `docker build --platform` asks for, and the image fails or runs under emulation elsewhere. Where an image really exists for one platform only, say so in the name of the stage, e.g. `AS tool-amd64`.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM «--platform=linux/amd64» debian:12\n', fixed: 'FROM debian:12\n' },
      {
        code: 'FROM «--platform=linux/amd64» debian:12 AS build\n',
        fixed: 'FROM --platform=$BUILDPLATFORM debian:12 AS build\n',
        fix: 1,
      },
    ],
    good: [
      { code: 'FROM --platform=$BUILDPLATFORM debian:12\n', why: 'The build decides.' },
      {
        code: 'FROM --platform=linux/amd64 debian:12 AS tools-amd64\n',
        why: 'The name of the stage says that it is meant.',
      },
      { code: 'FROM --platform=linux/arm64 debian:12 AS build-aarch64\n', why: 'Another name of the same.' },
      { code: 'FROM --platform=linux/amd64 acme/tool:1.2-x86_64\n', why: 'The image is one for that platform.' },
      {
        code: 'FROM --platform=linux/arm64 nvcr.io/nvidia/l4t-jetpack:r36.4.0 AS jetpack-6\n',
        why: 'There is no other Jetson.',
      },
      { code: 'ARG PLATFORM=linux/amd64\nFROM --platform=$PLATFORM debian:12\n', why: 'The build can choose another.' },
    ],
  },
  instruction: { keywords: ['FROM'], signs: ['flag'], triggers: false },
  check({ instruction, reading, report }) {
    const flag = instruction.from?.platform;
    if (flag?.value === undefined || flag.value === '') return;
    const codes = codesFor(flag.value, explanationOf(instruction, reading), reading);
    if (codes.length === 0) return;
    report({
      span: flag.span,
      message: `This stage is always built for ${flag.value}. Leave the platform to the build.`,
      codes,
      // The official images exist for all platforms; of others that is not known.
      minor: !isOfficial(instruction.from?.reference),
      fixes: [
        { title: 'Remove --platform', safety: 'manual', edits: [remove(instruction, flag)], effect: { flags: true } },
        {
          title: 'Use the build platform',
          safety: 'manual',
          edits: [{ span: flag.valueSpan, text: '$BUILDPLATFORM' }],
          effect: { flags: true },
        },
      ],
    });
  },
});

/** Repositories whose images exist for the boards of one maker only. */
const ONE_PLATFORM = /(?:^|[/_-])(?:l4t|jetpack|jetson|tegra|rpi|raspberry-?pi|raspbian|balenalib)(?=[/:_-]|$)/;

const PROCESSORS: readonly string[] = [...KNOWN, ...Object.keys(ARCHITECTURES), 'x64', 'x86'];

/** Where the platform may be named as well: in the name of the stage, and to people also in that of the image. */
function explanationOf({ from }: Instruction, reading: Reading): string | undefined {
  const stage = from?.name?.text.toLowerCase();
  if (reading !== 'own' || !from) return stage;
  const image = from.image.text.toLowerCase();
  const words = image.split(/[^a-z0-9]+/).filter(word => PROCESSORS.some(name => word.startsWith(name)));
  return [stage ?? '', ...words, ...(ONE_PLATFORM.test(image) ? ['linux'] : [])].join(' ');
}
const isOfficial = (image: ImageReference | undefined): boolean =>
  image !== undefined &&
  (image.registry === undefined || image.registry === 'docker.io') &&
  /^(?:library\/)?[\w.-]+$/.test(image.path);

function codesFor(value: string, stage: string | undefined, reading: Reading): string[] {
  const hadolint = !value.includes('BUILDPLATFORM') && !value.includes('TARGETPLATFORM');
  const fixed = !value.includes('$') && isUnexplained(value, stage, reading);
  if (reading === 'hadolint') return hadolint ? ['DL3029'] : [];
  // A platform that another argument decides is not a constant, and a stage named after its platform is meant so.
  if (!fixed) return [];
  return hadolint ? ['DL3029', 'FromPlatformFlagConstDisallowed'] : ['FromPlatformFlagConstDisallowed'];
}

/** Whether the value can be read as a platform that the stage's name does not mention. */
function isUnexplained(value: string, stage: string | undefined, reading: Reading): boolean {
  const parts = value.toLowerCase().split('/');
  if (parts.length > 3 || parts.some(part => !/^[\w.()-]+$/.test(part))) return false;
  const [first = '', second] = parts;
  const architecture = (name: string): string => ARCHITECTURES[name] ?? name;
  const isSystem = SYSTEMS.has(first.replace(/\(.*$/, ''));
  if (second === undefined && !isSystem && !KNOWN.has(architecture(first))) return false;
  if (stage === undefined) return true;
  const system = isSystem ? first : second === undefined ? 'linux' : first;
  const processor = second ?? (isSystem ? undefined : first);
  if (stage.includes(system)) return false;
  if (processor === undefined) return true;
  const wanted = architecture(processor);
  // BuildKit looks for the Go name alone; people also write x86_64 and aarch64.
  const others = Object.keys(ARCHITECTURES).filter(name => ARCHITECTURES[name] === wanted);
  return ![wanted, ...(reading === 'own' ? [...others, ...(wanted === 'amd64' ? ['x64', 'x86'] : [])] : [])].some(
    name => stage.includes(name),
  );
}
