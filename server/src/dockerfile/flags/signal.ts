import { closest } from '../../text/closest.js';
import type { ValueProblem } from './value-problem.js';

const NAMES = [
  ...'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX'.split(
    ' ',
  ),
  ...Array.from({ length: 15 }, (_, index) => `RTMIN+${index + 1}`),
  ...Array.from({ length: 14 }, (_, index) => `RTMAX-${index + 1}`),
];
const KNOWN: ReadonlySet<string> = new Set(NAMES);

/** STOPSIGNAL: a signal's number or Linux name, with or without SIG (moby/sys/signal, ParseSignal). */
export function signalProblem(value: string): ValueProblem | undefined {
  if (/^[-+]?\d+$/.test(value) ? Number(value) !== 0 : KNOWN.has(value.toUpperCase().replace(/^SIG/, '')))
    return undefined;
  const [first = '', second = ''] = value.split(/\s+/);
  // A comment after the signal has a rule of its own, which keeps the comment.
  if (second !== '' && !signalProblem(first)) {
    return { message: 'STOPSIGNAL takes one signal.', ...(second.startsWith('#') ? {} : { replacement: first }) };
  }
  const near = closest(value.toUpperCase().replace(/^SIG/, ''), NAMES);
  return {
    message: near
      ? `“${value}” is not a signal. Did you mean SIG${near}?`
      : `“${value}” is not a signal. Use a name such as SIGTERM, or its number.`,
    ...(near ? { replacement: `SIG${near}` } : {}),
  };
}
