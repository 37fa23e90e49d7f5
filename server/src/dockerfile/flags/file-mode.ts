import type { ValueProblem } from './value-problem.js';

/** `u=rwX,go=rX`: who, then operators with permissions (chmod(1); BuildKit uses dchapes/mode). */
const SYMBOLIC = /^[augo]*(?:[-+=][rstwXxugo]*)+(?:,[augo]*(?:[-+=][rstwXxugo]*)+)*$/;

/** --chmod of COPY and ADD: octal up to 07777, or symbolic (dockerfile2llb/convert_copy.go). */
export function chmodProblem(value: string): ValueProblem | undefined {
  if (value === '' || SYMBOLIC.test(value)) return undefined;
  if (/^[0-7]+$/.test(value) && Number.parseInt(value, 8) <= 0o7777) return undefined;
  return {
    message: /^\d/.test(value)
      ? `“${value}” is not a file mode. Use octal digits from 0 to 7777, such as 755.`
      : `“${value}” is not a file mode. Use octal digits such as 755, or a symbolic mode such as u=rwX,go=rX.`,
  };
}
