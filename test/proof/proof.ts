/** A mistake that builds or looks right and does not work, and what makes it work. */
export interface Proof {
  readonly rule: string;
  /** What is wrong, as the table names it. */
  readonly mistake: string;
  /** With the mistake. `{busybox}` in `files` is a static program. */
  readonly dockerfile: string;
  /** What works, where the rule has no fix to apply; otherwise the rule's first fix makes it. */
  readonly right?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Files that differ in what works. */
  readonly rightFiles?: Readonly<Record<string, string>>;
  /** What to run in the container instead of what the image says. */
  readonly run?: readonly string[];
  /** The platform to build for, where it is not this machine's. */
  readonly platform?: string;
  readonly before: Expected;
  readonly after: Expected;
}

/** What an engine has to show. */
export type Expected =
  /** The build ends with an error that says this. */
  | { readonly does: 'stop'; readonly says: string }
  /** The container does not start, or ends with an error that says this. */
  | { readonly does: 'fail'; readonly says: string }
  /** The container ends well and has printed exactly this. */
  | { readonly does: 'print'; readonly says: string }
  | { readonly does: 'turn'; readonly says: 'healthy' | 'unhealthy' }
  /** Whether the container still runs after some seconds. */
  | { readonly does: 'stay'; readonly says: 'running' | 'ended' }
  /** How the container ends when it is asked to. */
  | { readonly does: 'halt'; readonly says: 'by itself' | 'killed' }
  /** The image has at least so many megabytes less than with the mistake. */
  | { readonly does: 'weigh'; readonly lessBy: number };

export const stops = (says: string): Expected => ({ does: 'stop', says });
export const fails = (says: string): Expected => ({ does: 'fail', says });
export const prints = (says: string): Expected => ({ does: 'print', says });
export const turns = (says: 'healthy' | 'unhealthy'): Expected => ({ does: 'turn', says });
export const stays = (says: 'running' | 'ended'): Expected => ({ does: 'stay', says });
export const halts = (says: 'by itself' | 'killed'): Expected => ({ does: 'halt', says });
/** How much is told by what {@link weighsLess} compares it with. */
export const weighs: Expected = { does: 'weigh', lessBy: 0 };
export const weighsLess = (lessBy: number): Expected => ({ does: 'weigh', lessBy });
