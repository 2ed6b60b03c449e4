import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { customersLike } from '../../../../features/customers/agent/queries.ts';
import { ticketSearch } from '../../../../features/tickets/agent/queries.ts';
import { VIEWS } from '../../../../features/tickets/core/views.ts';
import { teamsQuery, viewsQuery } from '../../../../features/views/agent/queries.ts';
import { rankOf } from '../../../../platform/browser/fuzzy.ts';
import { useT } from '../../../../platform/browser/i18n.ts';
import { type Action, keysText, useActionList } from '../../../../platform/browser/shortcuts.ts';
import { CommandBox } from './CommandBox.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { withAside } from '../screens/with-aside.ts';
import { useAppText } from '../text.ts';
import { SETTINGS } from './settings-pages.ts';

type PaletteProps = { me: MeView; onClose: () => void };

const MOST = 50;

/** Everything that can be done here and every place there is, by name. */
export function Palette({ me, onClose }: PaletteProps) {
  const t = useAppText();
  const [text, setText] = useState('');
  const router = useRouter();
  const asked = useDeferredValue(text.trim());
  const actions = useActionList();
  const places = useGoing(me, (href) => router.history.push(href));
  const found = useFound(asked, (href) => router.history.push(href));
  const named = nearest([...actions, ...places], asked);
  const search: Action = { id: 'search', label: t('app.palette.search_for', { words: asked }), group: '', run: () => router.history.push(`/search?${new URLSearchParams({ q: asked })}`) };
  const offered = [...named.slice(0, MOST), ...found, ...asked === '' ? [] : [search]];
  const choose = (id: string) => {
    onClose();
    // The dialog gives the focus back first: what is done may want it elsewhere.
    setTimeout(() => offered.find((one) => one.id === id)?.run());
  };
  return (
    <Dialog isOpen onClose={onClose} title={t('app.palette')}>
      <CommandBox
        label={t('app.palette.box')} listLabel={t('app.palette.list')} value={text} onChange={setText} onChoose={choose} empty={t('app.palette.none')}
        commands={offered.map(({ id, label, group, keys }) => ({ id, label, hint: group, ...(keys && { keys: keysText(keys) }) }))}
      />
    </Dialog>
  );
}

/** Those that the words name, the nearest first; the same thing once. */
function nearest(all: readonly Action[], asked: string): Action[] {
  const once = [...new Map(all.map((one) => [one.id, one])).values()];
  if (asked === '') return once;
  const near = once.flatMap((action) => {
    const rank = rankOf(action, asked);
    return rank === null ? [] : [{ action, rank }];
  });
  return near.sort((a, b) => b.rank - a.rank).map(({ action }) => action);
}

/** Where one can go besides places, which have keys: views, teams, pages of the settings. */
function useGoing(me: MeView, go: (href: string) => void): Action[] {
  const t = useAppText();
  const words = useT();
  const { data: views } = useQuery(viewsQuery);
  const { data: teams = [] } = useQuery(teamsQuery);
  const to = (href: string, label: string, group: string): Action => ({ id: `go ${href}`, label, group, run: () => go(href) });
  const pages = SETTINGS.flatMap((group) => group.pages).filter(({ permission }) => !permission || me.permissions.includes(permission));
  const group = words('tickets.views');
  return [
    ...VIEWS.map((view) => to(`/inbox/${view}`, words(`tickets.view.${view}`), group)),
    ...(views?.items ?? []).map(({ id, name }) => to(`/inbox/view:${id}`, name, group)),
    ...teams.map(({ id, name }) => to(`/inbox/team:${id}`, name, group)),
    ...pages.map(({ href, id }): Action => ({ ...to(href, t(`app.settings.${id}`), t('app.settings')), ...(id === 'absence' && { also: t('app.also.absence') }) })),
  ];
}

const FEW = 5;

/** Tickets and customers that the words find, a ticket's number before all. */
function useFound(asked: string, go: (href: string) => void): Action[] {
  const t = useAppText();
  const isEnough = asked.length > 2 || /^#?\d+$/.test(asked);
  const { data: tickets } = useQuery({ ...ticketSearch(asked), enabled: isEnough, retry: false });
  const { data: customers } = useQuery({ ...customersLike(asked), enabled: isEnough, retry: false });
  if (!isEnough) return [];
  return [
    ...(tickets?.items ?? []).slice(0, FEW).map(({ id, number, subject, customer, asideId }): Action => ({ id, label: `#${number} ${subject}`, group: customer.name, run: () => go(withAside(`/inbox/active/${id}`, asideId)) })),
    ...(customers?.items ?? []).slice(0, FEW).map(({ id, name, email }): Action => ({
      id, label: name || (email ?? ''), group: t('app.palette.customer'), run: () => go(`/customers/${id}`),
    })),
  ];
}
