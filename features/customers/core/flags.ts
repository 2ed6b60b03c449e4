/** What one has to know of a person before one writes or calls; the most pressing first. */
export const FLAGS = ['lawyer_only', 'do_not_call', 'abusive', 'vulnerable', 'minor', 'represented', 'vip'] as const;
export type Flag = (typeof FLAGS)[number];

/** About a person's health, trouble or conduct: set with a reason, taken away by leads. */
const SENSITIVE: ReadonlySet<Flag> = new Set(['lawyer_only', 'abusive', 'vulnerable', 'minor', 'represented']);
export const isSensitive = (flag: Flag): boolean => SENSITIVE.has(flag);

/** Says that somebody else is to be spoken with; with whom has to be said. */
export const wantsContact = (flag: Flag): boolean => flag === 'represented' || flag === 'lawyer_only';

/** In the order in which they are shown, each once. */
export const inOrder = (flags: readonly string[]): Flag[] => FLAGS.filter((flag) => flags.includes(flag));

/** What is asked again before a message leaves to them, or a call is written down. */
export const warnsBeforeWriting = (flags: readonly string[]): 'lawyer_only'[] => inOrder(flags).filter((flag) => flag === 'lawyer_only');
export const warnsBeforeCalling = (flags: readonly string[]): ('lawyer_only' | 'do_not_call')[] => inOrder(flags).filter((flag) => flag === 'do_not_call' || flag === 'lawyer_only');

/** What one must not overlook before one writes or calls. */
export const isGrave = (flags: readonly Flag[]): boolean => flags.includes('lawyer_only') || flags.includes('do_not_call') || flags.includes('abusive');
