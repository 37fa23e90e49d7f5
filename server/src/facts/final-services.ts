import type { ComposeService } from '../context/index.js';
import type { FileFacts } from './facts.js';

/** The services of Compose files whose containers come from the final stage. */
export const finalServices = ({ context, final, stages }: FileFacts): readonly ComposeService[] =>
  (context?.services ?? []).filter(
    ({ target }) => target === undefined || target.toLowerCase() === final?.name || stages[Number(target)] === final,
  );
