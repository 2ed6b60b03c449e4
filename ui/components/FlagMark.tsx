import { Flag } from 'lucide-react';

/** One mark, however much is said: what it is stands in its words. */
export const FlagMark = ({ words, isGrave }: { words: string; isGrave: boolean }) => (
  <span title={words} className={isGrave ? 'text-danger-ink' : 'text-ink-soft'}>
    <Flag aria-hidden size={14} strokeWidth={2} />
    <span className="sr-only">{words}</span>
  </span>
);
