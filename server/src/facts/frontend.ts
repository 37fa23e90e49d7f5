import type { Dockerfile } from '../dockerfile/index.js';

/**
 * Whether `# syntax=` asks for a frontend before 1.`minor`, which does not know what that version brought (moby/buildkit,
 * frontend/dockerfile release notes). The labs variants are ahead of their number; `experimental` is older than all.
 */
export const isFrontendBefore = ({ directives }: Dockerfile, minor: number): boolean =>
  directives.some(({ name, value }) => {
    const version = /\/dockerfile(?:-upstream)?:(?:1\.(\d+)(?:\.\d+)?|experimental)(?:@|$)/.exec(value);
    return name === 'syntax' && version !== null && Number(version[1] ?? 0) < minor;
  });
