import { Download, Plus } from 'lucide-react';
import { useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { takeOutOrSay } from '../../../../platform/browser/take-out.ts';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { TicketFilter } from '../../core/contract.ts';
import { useMay } from '../desk.tsx';
import { filterQuery } from '../queries.ts';
import { useTicketsText } from '../text.ts';
import { NextTicketButton } from './NextTicketButton.tsx';
import { SelectButton } from './SelectButton.tsx';
import { SortMenu } from './SortMenu.tsx';
import type { Sorting } from './use-sorting.ts';
import type { Selection } from './use-selection.ts';

/** What can be done with a list as a whole. */
export function ListActions({ filter, sorting, selection, onNew }: { filter: Partial<TicketFilter>; sorting: Sorting | null; selection: Selection | undefined; onNew: () => void }) {
  const t = useTicketsText();
  const mayWrite = useMay('tickets.reply');
  const mayExport = useMay('tickets.export');
  useShortcut({ code: 'KeyC', label: t('tickets.new'), group: t('tickets.shortcuts.list'), disabled: !mayWrite }, onNew);
  return (
    <>
      {sorting && <SortMenu sorting={sorting} />}
      {selection && <SelectButton selection={selection} />}
      {mayExport && (
        <IconButton label={t('tickets.csv')} icon={Download} onPress={() => void download(`/api/v1/tickets.csv?${filterQuery(filter)}`)} />
      )}
      <NextTicketButton />
      {mayWrite && <IconButton label={t('tickets.new')} icon={Plus} keys="C" onPress={onNew} />}
    </>
  );
}

const download = (href: string): Promise<void> => takeOutOrSay(href, 'tickets.csv', (text) => toast({ tone: 'failed', text }));
