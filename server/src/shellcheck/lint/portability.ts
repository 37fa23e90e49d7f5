import type { PossibleShell } from '../script-job.js';

/**
 * What a shell does with a thing that POSIX does not know:
 * - `works`: the same as bash
 * - `stops`: the command or the whole script fails, which nobody overlooks who has built the image once
 * - `differs`: it goes on with another result
 */
type Behaviour = 'works' | 'stops' | 'differs';

interface Row {
  readonly dash: Behaviour;
  readonly busybox: Behaviour;
  /** What shows the difference; the test runs it in the shells of the machine. */
  readonly example: string;
  /** Parts of ShellCheck's message about what BusyBox has all the same. */
  readonly busyboxHas?: RegExp;
}

/** Run in dash 0.5.12 (Debian 12), BusyBox 1.35 and bash 5.2; `test/shellcheck/lint/portability.test.ts` does so again. */
export const PORTABILITY: Readonly<Record<number, Row>> = {
  1102: { dash: 'stops', busybox: 'stops', example: 'echo $((echo a) | cat)' },
  2112: { dash: 'stops', busybox: 'works', example: 'function f() { echo y; }; f' },
  2113: { dash: 'stops', busybox: 'works', example: 'function f { echo y; }; f' },
  2240: { dash: 'differs', busybox: 'works', example: `echo 'echo $1' >f; . ./f arg` },
  2325: { dash: 'stops', busybox: 'stops', example: '! ! true; echo y' },
  3001: { dash: 'stops', busybox: 'works', example: 'cat <(echo a)' },
  3004: { dash: 'differs', busybox: 'differs', example: 'echo $"a"' },
  3005: { dash: 'stops', busybox: 'stops', example: 'for ((i=0; i<2; i++)); do echo $i; done' },
  3006: { dash: 'stops', busybox: 'stops', example: 'i=1; ((i++)) && echo $i' },
  3007: { dash: 'differs', busybox: 'differs', example: 'echo $[1+1]' },
  3008: { dash: 'stops', busybox: 'stops', example: 'select x in a; do echo $x; break; done </dev/null; echo y' },
  3009: { dash: 'differs', busybox: 'differs', example: 'echo {a,b}' },
  3010: { dash: 'stops', busybox: 'works', example: '[[ a = a && b == b* ]] && echo y' },
  3011: { dash: 'stops', busybox: 'stops', example: 'cat <<<a' },
  3012: { dash: 'works', busybox: 'works', example: '[ a \\< b ] && echo y' },
  3013: { dash: 'works', busybox: 'works', example: 'touch a; [ a -ef a ] && echo y' },
  3014: { dash: 'differs', busybox: 'works', example: '[ a == a ] && echo y' },
  3015: { dash: 'differs', busybox: 'works', example: '[[ ab =~ a. ]] && echo y || echo n' },
  3016: { dash: 'differs', busybox: 'differs', example: 'a=1; [ -v a ] && echo y || echo n' },
  3017: { dash: 'differs', busybox: 'differs', example: 'touch a; [ -a a ] && echo y || echo n' },
  3018: { dash: 'stops', busybox: 'works', example: 'i=1; echo $((i++)) $((++i))' },
  3019: { dash: 'stops', busybox: 'works', example: 'echo $((2**3))' },
  3020: { dash: 'differs', busybox: 'works', example: 'echo a &>f; sleep 0.1; wc -l <f' },
  3021: { dash: 'stops', busybox: 'works', example: 'echo a >& f; wc -l <f' },
  3022: { dash: 'stops', busybox: 'stops', example: 'exec {fd}>f; echo a' },
  3023: { dash: 'stops', busybox: 'works', example: 'exec 11>f; echo a >&11; cat f' },
  3024: { dash: 'stops', busybox: 'stops', example: 'a=x; a+=y && echo $a' },
  3026: { dash: 'differs', busybox: 'works', example: 'touch ab xb; echo [^a]b' },
  3028: { dash: 'differs', busybox: 'differs', example: 'echo ${UID:+a}${SECONDS:+b}', busyboxHas: /RANDOM|HOSTNAME/ },
  3029: { dash: 'stops', busybox: 'stops', example: 'echo a |& cat' },
  3030: { dash: 'stops', busybox: 'stops', example: 'a=(x y); echo ${a[1]}' },
  3033: { dash: 'stops', busybox: 'stops', example: 'a-b() { echo y; }; a-b' },
  3034: { dash: 'differs', busybox: 'differs', example: 'echo a >f; echo $(<f)' },
  3035: { dash: 'differs', busybox: 'differs', example: 'echo a >f; echo `<f`' },
  3036: { dash: 'differs', busybox: 'works', example: 'echo -E a' },
  3037: { dash: 'differs', busybox: 'works', example: 'echo -e "a\\tb"' },
  3038: { dash: 'stops', busybox: 'stops', example: 'exec -a x sh -c "echo y"' },
  3039: { dash: 'stops', busybox: 'works', example: 'let i=1+1 && echo $i' },
  3040: { dash: 'stops', busybox: 'works', example: 'set -o pipefail; echo y' },
  3043: { dash: 'works', busybox: 'works', example: 'f() { local a=1; echo $a; }; f' },
  3044: { dash: 'stops', busybox: 'stops', example: 'pushd / >/dev/null && pwd' },
  3045: {
    dash: 'differs',
    busybox: 'differs',
    example: 'echo "q w" | { read -a x; echo $x; }',
    busyboxHas: /read -[sntdu]\b|export -n|wait -n/,
  },
  3046: { dash: 'stops', busybox: 'works', example: 'echo "echo y" >f; source ./f' },
  3047: { dash: 'differs', busybox: 'differs', example: 'trap "echo y" DEBUG; echo e', busyboxHas: /\bERR\b/ },
  3048: { dash: 'stops', busybox: 'works', example: 'trap "echo y" SIGTERM; kill -TERM $$; echo e' },
  3049: { dash: 'works', busybox: 'works', example: 'trap "echo y" term; kill -TERM $$; echo e' },
  3050: { dash: 'stops', busybox: 'stops', example: 'printf "%q" "a b"' },
  3051: { dash: 'stops', busybox: 'works', example: 'echo "echo y" >f; source ./f' },
  3052: { dash: 'stops', busybox: 'works', example: 'echo $((16#ff))' },
  3053: { dash: 'stops', busybox: 'stops', example: 'a=b; b=c; echo ${!a}' },
  3054: { dash: 'stops', busybox: 'stops', example: 'a=x; echo ${a[0]}' },
  3055: { dash: 'stops', busybox: 'stops', example: 'a=x; echo ${!a[@]}' },
  3056: { dash: 'stops', busybox: 'stops', example: 'abc=x; echo ${!ab*}' },
  3057: { dash: 'stops', busybox: 'works', example: 'a=abc; echo ${a:1:1}' },
  3058: { dash: 'differs', busybox: 'differs', example: 'set -- a.x b.x; echo ${@%.x}' },
  3059: { dash: 'stops', busybox: 'stops', example: 'a=abc; echo ${a^^}' },
  3060: { dash: 'stops', busybox: 'works', example: 'a=a.b; echo ${a//./-}' },
  3061: { dash: 'differs', busybox: 'works', example: 'echo q | { read; echo $REPLY; }' },
  3065: { dash: 'works', busybox: 'works', example: '[ -k /tmp ] && echo y' },
  3066: { dash: 'works', busybox: 'works', example: 'touch a; [ -G a ] && echo y' },
  3067: { dash: 'works', busybox: 'works', example: 'touch a; [ -O a ] && echo y' },
};

/** Whether what ShellCheck says about portability holds for the shell that really runs the script. */
export function isRealPortabilityProblem(code: number, message: string, shell: PossibleShell): boolean {
  const row = PORTABILITY[code];
  if (!row) return true;
  switch (shell) {
    case 'bash':
      return false;
    case 'dash':
      return row.dash !== 'works';
    case 'busybox':
      return row.busybox !== 'works' && row.busyboxHas?.test(message) !== true;
    case 'dash, perhaps':
      // Who has built such an image once has seen that it stops: so its shell is another one. Variables may come from it.
      return row.dash === 'differs' && code !== 3028;
    case 'unknown':
      return false;
  }
}
