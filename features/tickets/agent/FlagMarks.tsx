import { Flag } from 'lucide-react';
import { useFormat } from '../../../platform/browser/format.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import type { TicketView } from '../core/contract.ts';
import { useTicketsText } from './text.ts';

type Flags = { flags: TicketView['customer']['flags'] };

/** One mark, however much is said: what it is stands in its words. */
export const FlagMark = ({ flags }: Flags) => {
  const t = useTicketsText();
  const format = useFormat();
  if (flags.length === 0) return null;
  const words = format.list(flags.map((flag) => t(`tickets.field.flag.${flag}`)));
  return (
    <span title={words} className={isGrave(flags) ? 'text-danger-ink' : 'text-ink-soft'}>
      <Flag aria-hidden size={14} strokeWidth={2} />
      <span className="sr-only">{words}</span>
    </span>
  );
};

/** Each by its word, where there is room. */
export const FlagBadges = ({ flags }: Flags) => {
  const t = useTicketsText();
  if (flags.length === 0) return null;
  return <span className="flex flex-wrap items-center gap-1 pe-2">{flags.map((flag) => <Badge key={flag} tone={isGrave([flag]) ? 'danger' : 'warning'}>{t(`tickets.field.flag.${flag}`)}</Badge>)}</span>;
};

const isGrave = (flags: Flags['flags']): boolean => flags.includes('lawyer_only') || flags.includes('do_not_call') || flags.includes('abusive');
