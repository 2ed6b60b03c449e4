import { Building2 } from 'lucide-react';
import { useFormat } from '../../../platform/browser/format.ts';
import { isolated } from '../../../platform/browser/isolated.ts';
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

/** A ticket for one of the companies that matter most; which one stands in its words. */
export const KeyAccountMark = ({ company }: { company: TicketView['company'] }) => {
  const t = useTicketsText();
  if (!company?.isKeyAccount) return null;
  const words = `${t('tickets.field.key_account')}: ${isolated(company.name)}`;
  return (
    <span title={words} className="text-accent-ink">
      <Building2 aria-hidden size={14} strokeWidth={2} />
      <span className="sr-only">{words}</span>
    </span>
  );
};
