import { useQuery } from '@tanstack/react-query';
import { Archive, AtSign, ChevronDown, CircleUser, Inbox, type LucideIcon, OctagonAlert, Trash2, UserRoundX, UsersRound } from 'lucide-react';
import { Link as AriaLink } from 'react-aria-components';
import type { z } from 'zod';
import { useFormat } from '../../../../platform/browser/format.ts';
import { classes } from '../../../../ui/classes.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import type { TicketCounts } from '../../core/contract.ts';
import { type ReadyMadeView, VIEWS } from '../../core/views.ts';
import { teams, ticketCounts } from '../queries.ts';
import { type TicketsText, useTicketsText } from '../text.ts';

const ICONS: Record<ReadyMadeView, LucideIcon> = { mine: CircleUser, unassigned: UserRoundX, mentions: AtSign, team: UsersRound, active: Inbox, done: Archive, spam: OctagonAlert, deleted: Trash2 };
const ALWAYS: readonly string[] = ['mine', 'unassigned', 'mentions', 'team', 'active'];

type View = { readonly id: string; readonly label: string; readonly icon: LucideIcon };

/** All views there are: the ready-made ones, and one for each team. */
export function useViews(): readonly View[] {
  const t = useTicketsText();
  const { data = [] } = useQuery(teams());
  return [
    ...VIEWS.map((id) => ({ id, label: t(`tickets.view.${id}` satisfies TicketsText), icon: ICONS[id] })),
    ...data.map(({ id, name }) => ({ id: `team:${id}`, label: name, icon: UsersRound })),
  ];
}

type ViewsNavProps = { current: string; hrefOf: (view: string) => string };

/** The views that are used all day in sight, the rest behind one button; on narrow screens all of them behind one. */
export function ViewsNav({ current, hrefOf }: ViewsNavProps) {
  const t = useTicketsText();
  const views = useViews();
  const { data: counts } = useQuery(ticketCounts());
  const inSight = views.filter(({ id }) => ALWAYS.includes(id) || id === current);
  const entries = (which: (view: View) => boolean) => views.filter(which).map((view) => entryOf(view, current, hrefOf));
  const isTeam = ({ id }: View) => id.startsWith('team:');
  const teamsOf = { title: t('tickets.views.teams'), entries: entries(isTeam) };

  return (
    <nav aria-label={t('tickets.views')} className="shrink-0 border-b border-hairline p-2 max-wide:py-1">
      <ul className="flex flex-col gap-px max-wide:hidden">
        {inSight.map((view) => (
          <li key={view.id}>
            <ViewLink view={view} href={hrefOf(view.id)} isCurrent={view.id === current} count={countOf(counts, view.id)} />
          </li>
        ))}
      </ul>
      <span className="max-wide:hidden">
        <Menu
          label={t('tickets.views.more')}
          trigger={<More className="mt-px ps-3 font-normal text-ink-faint">{t('tickets.views.more')}</More>}
          groups={[{ entries: entries((view) => !ALWAYS.includes(view.id) && !isTeam(view)) }, teamsOf]}
        />
      </span>
      <span className="wide:hidden">
        <Menu
          label={t('tickets.views')}
          trigger={<More className="ps-2">{views.find(({ id }) => id === current)?.label ?? t('tickets.views')}</More>}
          groups={[{ entries: entries((view) => !isTeam(view)) }, teamsOf]}
        />
      </span>
    </nav>
  );
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
    <span className="min-w-0 flex-1 truncate" dir="auto">{label}</span>
    {count && count.count > 0 && <CountText {...count} />}
  </AriaLink>
);

type CountView = z.infer<typeof TicketCounts>['mine'];

const CountText = ({ count, more }: CountView) => {
  const format = useFormat();
  return <span className="text-12 tabular-nums text-ink-faint">{format.number(count)}{more && '+'}</span>;
};

/** Only open work is counted: a number beside what is finished would say nothing. */
function countOf(counts: z.infer<typeof TicketCounts> | undefined, view: string): CountView | null {
  if (!counts) return null;
  const known: Readonly<Record<string, CountView>> = { mine: counts.mine, unassigned: counts.unassigned, mentions: counts.mentions, team: counts.team, active: counts.active };
  return known[view] ?? null;
}
