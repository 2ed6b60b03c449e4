import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ListChecks, ScrollText, ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { ToggleIconButton } from '../../../../ui/components/ToggleIconButton.tsx';
import { Pane } from '../../../../ui/layout/Pane.tsx';
import { SplitView } from '../../../../ui/layout/SplitView.tsx';
import { useEmailText } from '../text.ts';
import { Filters } from './Filters.tsx';
import { HeldList } from './HeldList.tsx';
import { HeldMessage } from './HeldMessage.tsx';
import { quarantineCount, quarantineList, type About, type QuarantineFilter, type Verb } from './queries.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { useChosen } from './use-chosen.ts';
import { useDecisions } from './use-decisions.ts';

type QuarantineScreenProps = {
  messageId: string | null;
  /** Who sits there. */
  meId: string;
  onOpen: (messageId: string | null) => void;
  onLedger: () => void;
  ticketHref: (ticketId: string) => string;
};

const EVERYTHING: QuarantineFilter = { q: '', reason: 'all', state: 'held', ownerId: '' };
const isNarrowed = ({ q, reason, ownerId }: QuarantineFilter): boolean => q !== '' || reason !== 'all' || ownerId !== '';

/** What was accepted and not filed: a person decides, one by one or for a whole wave, and can take it back. */
export function QuarantineScreen({ messageId, meId, onOpen, onLedger, ticketHref }: QuarantineScreenProps) {
  const t = useEmailText();
  const [filter, setFilter] = useState(EVERYTHING);
  const list = useInfiniteQuery(quarantineList(filter));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const { ids: selected, isAll, isSelecting, forget, ...choosing } = useChosen(items);
  const decisions = useDecisions(() => {
    forget();
    onOpen(null);
  });
  const narrow = (wish: Partial<QuarantineFilter>) => {
    forget();
    setFilter({ ...filter, ...wish });
  };

  /** What the verbs are about now: everything shown, what is selected, or what is open. */
  const about = (): About | null => {
    // What came after the list was fetched has not been seen by anybody.
    if (isAll) return { filter, until: new Date(list.dataUpdatedAt).toISOString() };
    if (selected.size > 0) return { ids: [...selected] };
    return messageId === null ? null : { ids: [messageId] };
  };
  const act = (verb: Verb) => {
    const what = about();
    if (what && !(verb === 'discard' && filter.state === 'discarded')) decisions.decide(verb, what);
  };
  const group = t('quarantine.title');
  useShortcut({ code: 'KeyR', label: t('quarantine.release'), group }, () => act('release'));
  useShortcut({ code: 'KeyD', label: t('quarantine.discard'), group }, () => act('discard'));

  return (
    <SplitView
      narrow={messageId === null ? 'list' : 'detail'}
      list={
        <Pane
          level={messageId === null ? 1 : 2}
          title={t('quarantine.title')}
          subtitle={<HowMany />}
          actions={
            <>
              {items.length > 0 && <ToggleIconButton label={t('quarantine.select')} icon={ListChecks} isSelected={isSelecting} onChange={(isOn) => (isOn ? choosing.begin() : forget())} />}
              <IconButton label={t('ledger.open')} icon={ScrollText} onPress={onLedger} />
            </>
          }
          isScrolling={false}
          below={<Filters filter={filter} meId={meId} onChange={narrow} />}
          footer={items.length > 0 && (
            <SelectionBar
              count={isAll ? null : selected.size} isDiscarded={filter.state === 'discarded'} isBusy={decisions.isBusy} done={decisions.done}
              onAll={choosing.chooseAll} onNone={forget} onAct={act}
            />
          )}
        >
          <HeldList query={list} isFiltered={isNarrowed(filter)} state={filter.state} messageId={messageId} selected={selected} isSelecting={isSelecting} onToggle={choosing.toggle} onOpen={onOpen} />
        </Pane>
      }
      detail={messageId === null
        ? items.length > 0 && <EmptyState icon={ShieldAlert}>{t('quarantine.choose')}</EmptyState>
        : <HeldMessage key={messageId} messageId={messageId} isBusy={decisions.isBusy} onBack={() => onOpen(null)} onAct={(verb) => decisions.decide(verb, { ids: [messageId] })} ticketHref={ticketHref} />}
    />
  );
}

const HowMany = () => {
  const format = useFormat();
  const { data } = useQuery(quarantineCount);
  return data && data.count > 0 && `${format.number(data.count)}${data.isMore ? '+' : ''}`;
};
