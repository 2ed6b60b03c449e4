import { useFormat } from '../../../platform/browser/format.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { FlagMark as Mark } from '../../../ui/components/FlagMark.tsx';
import { isGrave } from '../../customers/core/flags.ts';
import type { TicketView } from '../core/contract.ts';
import { useTicketsText } from './text.ts';

type Flags = { flags: TicketView['customer']['flags'] };

/** One mark, however much is said: what it is stands in its words. */
export const FlagMark = ({ flags }: Flags) => {
  const t = useTicketsText();
  const format = useFormat();
  return flags.length > 0 && <Mark words={format.list(flags.map((flag) => t(`tickets.field.flag.${flag}`)))} isGrave={isGrave(flags)} />;
};

/** Each by its word, where there is room. */
export const FlagBadges = ({ flags }: Flags) => {
  const t = useTicketsText();
  if (flags.length === 0) return null;
  return <span className="flex flex-wrap items-center gap-1 pe-2">{flags.map((flag) => <Badge key={flag} tone={isGrave([flag]) ? 'danger' : 'warning'}>{t(`tickets.field.flag.${flag}`)}</Badge>)}</span>;
};
