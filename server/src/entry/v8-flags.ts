/** A flag of V8 for a run that is over soon, and V8's default, that compiled code is kept under. */
type Flag = readonly [soonOver: string, usual: string];

/** V8's collector shares its work among threads that wait for one another; here all processors have work of their own. */
const ALL: readonly Flag[] = [
  ['--no-parallel-scavenge', '--parallel-scavenge'],
  ['--no-concurrent-sweeping', '--concurrent-sweeping'],
  ['--no-incremental-marking', '--incremental-marking'],
  ['--no-minor-gc-task', '--minor-gc-task'],
  // Counting what becomes of the objects that each place makes takes longer than there is left to use it.
  ['--no-allocation-site-pretenuring', '--allocation-site-pretenuring'],
  // Most patterns are asked a few times: they are not worth a better form, nor machine code after the first time.
  ['--regexp-tier-up-ticks=30', '--regexp-tier-up-ticks=1'],
  ['--no-regexp-peephole-optimization', '--regexp-peephole-optimization'],
];
const COUNT: Flag = ['--invocation-count-for-turbofan=20000', '--invocation-count-for-turbofan=3000'];

// Flags go to the versions they were measured with: V8 complains on standard error about those that it does not know.
export const FLAGS: Readonly<Record<string, readonly Flag[]>> = {
  v20: [
    ['--interrupt-budget=32000000', '--interrupt-budget=67584'],
    // Each thing learned about a function would have V8 think over whether to optimise it, by its name.
    ['--no-reset-interrupt-on-ic-update', '--reset-interrupt-on-ic-update'],
    ...ALL,
  ],
  v22: [COUNT, ...ALL],
  v24: [COUNT, ...ALL],
};
