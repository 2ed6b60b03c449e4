import { useQuery } from '@tanstack/react-query';
import { AlarmClock, Archive, AtSign, Bookmark, ChevronDown, CircleCheck, CircleUser, Eye, Hourglass, Inbox, type LucideIcon, OctagonAlert, Pencil, Plus, Trash2, UserRoundX, UsersRound } from 'lucide-react';
import { Link as AriaLink } from 'react-aria-components';
import type { z } from 'zod';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useActions } from '../../../../platform/browser/shortcuts.ts';
import { useLiveNumbers } from '../../../../platform/browser/use-live.tsx';
import { classes } from '../../../../ui/classes.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Menu, type MenuEntry } from '../../../../ui/components/Menu.tsx';
import type { TicketCounts } from '../../core/contract.ts';
import { type ReadyMadeView, savedIn, VIEWS } from '../../core/views.ts';
import { useDesk } from '../desk.tsx';
import { teams, ticketCounts } from '../queries.ts';
import type { SavedViewsSlot, SavedViewTask } from '../slots.ts';
import { type TicketsText, useTicketsText } from '../text.ts';

const ICONS: Record<ReadyMadeView, LucideIcon> = { mine: CircleUser, unassigned: UserRoundX, mentions: AtSign, followed: Eye, waiting: Hourglass, team: UsersRound, active: Inbox, snoozed: AlarmClock, done: CircleCheck, all: Archive, spam: OctagonAlert, deleted: Trash2 };
const ALWAYS: readonly string[] = ['mine', 'unassigned', 'mentions', 'team', 'active'];

type View = { readonly id: string; readonly label: string; readonly icon: LucideIcon; readonly count?: CountView | null };
/** So many saved ones stand in sight, the first by name; the list has to have room. */
const SAVED_IN_SIGHT = 5;

/** All views there are: the ready-made ones, and one for each team. */
export function useViews(): readonly View[] {
  const t = useTicketsText();
  const { data = [] } = useQuery(teams());
  const { saved } = useDesk();
  return [
    ...VIEWS.map((id) => ({ id, label: t(`tickets.view.${id}` satisfies TicketsText), icon: ICONS[id] })),
    ...(saved?.views ?? []).map(({ id, name, count }) => ({ id: `view:${id}`, label: name, icon: Bookmark, count })),
    ...data.map(({ id, name }) => ({ id: `team:${id}`, label: name, icon: UsersRound })),
  ];
}

type ViewsNavProps = { current: string; hrefOf: (view: string) => string; onTask: (task: SavedViewTask) => void };

/** The views that are used all day in sight, the rest behind one button; on narrow screens all of them behind one. */
export function ViewsNav({ current, hrefOf, onTask }: ViewsNavProps) {
  const t = useTicketsText();
  const views = useViews();
  const { data: counts } = useQuery(ticketCounts());
  useLiveNumbers();
  const { saved } = useDesk();
  const savedOnes = views.filter(isSaved);
  const inSight = views.filter((view) => ALWAYS.includes(view.id) || view.id === current || savedOnes.indexOf(view) >= 0 && savedOnes.indexOf(view) < SAVED_IN_SIGHT);
  const entries = (which: (view: View) => boolean) => views.filter(which).map((view) => entryOf(view, current, hrefOf));
  const teamsOf = { title: t('tickets.views.teams'), entries: entries(isTeam) };
  const tasks = { entries: saved ? tasksOf(saved, savedIn(current), onTask) : [] };
  useActions(tasks.entries.map(({ id, label, onAction }) => ({ id: `view ${id}`, label, group: t('tickets.views'), run: () => onAction?.() })));
  const savedGroup = (which: (view: View) => boolean) => ({ ...(saved && { title: saved.words.group }), entries: entries((view) => isSaved(view) && which(view)) });
  const isReady = (view: View) => !isTeam(view) && !isSaved(view);

  return (
    <nav aria-label={t('tickets.views')} className="shrink-0 border-b border-hairline p-2 max-wide:py-1">
      <ul className="flex flex-col gap-px max-wide:hidden">
        {inSight.map((view) => (
          <li key={view.id}>
            <ViewLink view={view} href={hrefOf(view.id)} isCurrent={view.id === current} count={view.count ?? countOf(counts, view.id)} />
          </li>
        ))}
      </ul>
      <span className="max-wide:hidden">
        <Menu
          label={t('tickets.views.more')}
          trigger={<More className="mt-px ps-3 font-normal text-ink-faint">{t('tickets.views.more')}</More>}
          groups={[{ entries: entries((view) => isReady(view) && !ALWAYS.includes(view.id)) }, savedGroup((view) => !inSight.includes(view)), teamsOf, tasks]}
        />
      </span>
      <span className="wide:hidden">
        <Menu
          label={t('tickets.views')}
          trigger={<More className="ps-2">{views.find(({ id }) => id === current)?.label ?? t('tickets.views')}</More>}
          groups={[{ entries: entries(isReady) }, savedGroup(() => true), teamsOf, tasks]}
        />
      </span>
    </nav>
  );
}

const isTeam = ({ id }: View) => id.startsWith('team:');
const isSaved = ({ id }: View) => savedIn(id) !== null;

/** What can be done with saved views from here: with the one that is shown, if it may be changed. */
function tasksOf({ views, maySave, words }: SavedViewsSlot, current: string | null, onTask: (task: SavedViewTask) => void): MenuEntry[] {
  const shown = views.find(({ id, mayChange }) => id === current && mayChange);
  return [
    ...(maySave ? [{ id: 'make', label: words.make, icon: Plus, onAction: () => onTask({ task: 'make' }) }] : []),
    ...(shown ? [
      { id: 'change', label: words.change, icon: Pencil, onAction: () => onTask({ task: 'change', id: shown.id }) },
      { id: 'remove', label: words.remove, icon: Trash2, tone: 'danger' as const, onAction: () => onTask({ task: 'remove', id: shown.id }) },
    ] : []),
  ];
}

const More = ({ className, children, ...props }: { className: string; children: string }) => (
  <Button {...props} tone="quiet" size="small" trailing={<ChevronDown aria-hidden size={14} />} className={classes('w-full justify-start', className)}>{children}</Button>
);

const entryOf = ({ id, label, icon }: View, current: string, hrefOf: (view: string) => string) => ({ id, label, icon, chosen: id === current, href: hrefOf(id) });

const ViewLink = ({ view: { label, icon: Icon }, href, isCurrent, count }: { view: View; href: string; isCurrent: boolean; count: CountView | null }) => (
  <AriaLink
    href={href}
    {...(isCurrent && { 'aria-current': 'page' as const })}
    className={classes(
      'flex h-8 items-center gap-2.5 rounded-control px-2.5 text-13 pointer-coarse:h-11',
      isCurrent ? 'bg-pressed font-medium text-ink' : 'text-ink-soft hover:bg-hover hover:text-ink',
    )}
  >
    <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0" />
    <span className="min-w-0 flex-1 truncate"><bdi>{label}</bdi></span>
    {count && count.count > 0 && <CountText {...count} />}
  </AriaLink>
);

type CountView = z.infer<typeof TicketCounts>['mine'];

const CountText = ({ count, more }: CountView) => {
  const format = useFormat();
  return <span className="text-12 tabular-nums text-ink-faint">{format.number(count)}{more && '+'}</span>;
};

/** What was finished lately, thrown away or kept out has none: it would say nothing. */
function countOf(counts: z.infer<typeof TicketCounts> | undefined, view: string): CountView | null {
  if (!counts) return null;
  const known: Readonly<Record<string, CountView>> = { mine: counts.mine, unassigned: counts.unassigned, mentions: counts.mentions, followed: counts.followed, waiting: counts.waiting, team: counts.team, active: counts.active, snoozed: counts.snoozed, all: counts.all };
  return known[view] ?? null;
}
