import { Download, Plus } from 'lucide-react';
import { useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { Link as AriaLink } from 'react-aria-components';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Tooltip } from '../../../../ui/components/Tooltip.tsx';
import { buttonStyle } from '../../../../ui/components/button-style.ts';
import type { TicketFilter } from '../../core/contract.ts';
import { useMay } from '../desk.tsx';
import { filterQuery } from '../queries.ts';
import { useTicketsText } from '../text.ts';
import { NextTicketButton } from './NextTicketButton.tsx';

/** What can be done with a list as a whole. */
export function ListActions({ filter, onNew }: { filter: Partial<TicketFilter>; onNew: () => void }) {
  const t = useTicketsText();
  const mayWrite = useMay('tickets.reply');
  const mayExport = useMay('tickets.export');
  useShortcut({ code: 'KeyC', label: t('tickets.new'), group: t('tickets.shortcuts.list'), disabled: !mayWrite }, onNew);
  return (
    <>
      {mayExport && (
        <Tooltip text={t('tickets.csv')}>
          <AriaLink
            href={`/api/v1/tickets.csv?${filterQuery(filter)}`}
            download="tickets.csv"
            target="_self"
            aria-label={t('tickets.csv')}
            className={buttonStyle('quiet', 'small', true)}
          >
            <Download aria-hidden size={16} strokeWidth={1.75} />
          </AriaLink>
        </Tooltip>
      )}
      <NextTicketButton />
      {mayWrite && <IconButton label={t('tickets.new')} icon={Plus} keys="C" onPress={onNew} />}
    </>
  );
}
