import { useQuery } from '@tanstack/react-query';
import { ChevronDown, CircleUser, Clock, MapPin, Store, UserRoundX, UsersRound } from 'lucide-react';
import { type ReactNode, type Ref, useRef } from 'react';
import { LANGUAGES } from '../../../../kernel/languages.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { LANGUAGE_NAMES } from '../../../../platform/browser/i18n.ts';
import { keysText, useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { classes } from '../../../../ui/classes.ts';
import { Avatar } from '../../../../ui/components/Avatar.tsx';
import { Badge, type Tone } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Menu, type MenuEntry, type MenuGroup } from '../../../../ui/components/Menu.tsx';
import { KINDS, PRIORITIES, type TicketView } from '../../core/contract.ts';
import { openMenu } from '../after-menu.ts';
import { useTicketChange } from '../changes.ts';
import { useDesk, useMay } from '../desk.tsx';
import { CHOOSABLE_STATUSES, kindText, priorityText, statusText } from '../labels.ts';
import { colleagues, places, teams } from '../queries.ts';
import { useMenuActions } from '../menu-actions.ts';
import { useTicketsText } from '../text.ts';
import { FlagBadges } from '../FlagMarks.tsx';
import { TagsEditor } from './TagsEditor.tsx';

/** The facts of a ticket, each a small menu that changes it: in one line, or in as many as a narrow screen takes while nobody writes there. */
export function TicketFacts({ ticket }: { ticket: TicketView }) {
  const isFixed = !useMay('tickets.change') || ticket.deletedAt !== null || ticket.mergedInto !== null;
  const t = useTicketsText();
  const { routing, promise: PromiseMark } = useDesk();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls when narrow while somebody writes, and without menus nothing in it can take the focus
    <div role="group" aria-label={t('tickets.facts')} tabIndex={isFixed ? 0 : undefined} className="@container flex min-h-11 shrink-0 flex-wrap items-center gap-x-0.5 gap-y-0 border-b border-hairline px-4 py-1 max-wide:px-2 max-wide:group-has-[[contenteditable]]/ticket:flex-nowrap max-wide:group-has-[[contenteditable]]/ticket:overflow-x-auto">
      <StatusFact ticket={ticket} isFixed={isFixed} />
      <AssigneeFact ticket={ticket} isFixed={isFixed} />
      <TeamFact ticket={ticket} isFixed={isFixed} />
      <PlaceFact of="brand" ticket={ticket} isFixed={isFixed} />
      <PlaceFact of="office" ticket={ticket} isFixed={isFixed} />
      <ChoiceFacts ticket={ticket} isFixed={isFixed} />
      <TagsEditor ticket={ticket} isFixed={isFixed} />
      <div className="ms-auto flex shrink-0 items-center max-wide:contents">
        <FlagBadges flags={ticket.customer.flags} />
        <Waiting ticket={ticket} />
        {PromiseMark && <span className="max-wide:order-first"><PromiseMark ticket={ticket} place="facts" /></span>}
        {routing && <routing.why ticketId={ticket.id} />}
      </div>
    </div>
  );
}

type FactProps = { ticket: TicketView; isFixed: boolean };

const STATUS_TONES: Partial<Record<TicketView['status'], Tone>> = { new: 'accent', open: 'accent', resolved: 'good', closed: 'good' };

function StatusFact({ ticket, isFixed }: FactProps) {
  const t = useTicketsText();
  const change = useTicketChange(ticket.id);
  const trigger = useRef<HTMLButtonElement>(null);
  const isDone = ticket.status === 'resolved' || ticket.status === 'closed';
  const label = t('tickets.status');
  useShortcut(
    { code: 'KeyE', label: t(isDone ? 'tickets.reopen' : 'tickets.resolve'), group: t('tickets.shortcuts.ticket'), disabled: isFixed || ticket.status === 'closed' },
    () => change({ status: isDone ? 'open' : 'resolved' }),
  );
  return (
    <Fact
      label={label}
      value={t(statusText(ticket.status))}
      isFixed={isFixed || ticket.status === 'closed'}
      triggerRef={trigger}
      leading={<Badge tone={STATUS_TONES[ticket.status] ?? 'neutral'}>{t(statusText(ticket.status))}</Badge>}
      groups={[{
        entries: CHOOSABLE_STATUSES.map((status) => ({
          id: status, label: t(statusText(status)), chosen: status === ticket.status, onAction: () => change({ status }), ...(status === 'resolved' && !isDone && { keys: keysText({ code: 'KeyE' }) }),
        })),
      }]}
    />
  );
}

function AssigneeFact({ ticket, isFixed }: FactProps) {
  const t = useTicketsText();
  const { me, routing } = useDesk();
  const format = useFormat();
  const change = useTicketChange(ticket.id);
  const trigger = useRef<HTMLButtonElement>(null);
  const { data: people = [] } = useQuery(colleagues());
  const group = t('tickets.shortcuts.ticket');
  const assign = (person: { id: string; name: string } | null) => change({ assigneeId: person?.id ?? null }, { assignee: person && { id: person.id, name: person.name } });
  useShortcut({ code: 'KeyA', label: t('tickets.assign'), group, disabled: isFixed }, () => openMenu(trigger.current));
  useShortcut({ code: 'KeyI', label: t('tickets.assign_me'), group, disabled: isFixed }, () => assign(me));

  const entryOf = (person: { id: string; name: string }): MenuEntry => ({
    id: person.id, label: person.name, leading: <Avatar id={person.id} name={person.name} size="small" />, chosen: ticket.assignee?.id === person.id, onAction: () => assign(person),
    ...(routing && { hint: <routing.load personId={person.id} /> }),
  });
  const others = people.filter(({ id, role }) => id !== me.id && role !== 'colleague').sort((a, b) => format.compare(a.name, b.name));
  return (
    <Fact
      label={t('tickets.assignee')}
      value={ticket.assignee ? (ticket.assignee.id === me.id ? t('tickets.me') : ticket.assignee.name) : t('tickets.unassigned')}
      short=""
      isFixed={isFixed}
      triggerRef={trigger}
      leading={ticket.assignee ? <Avatar id={ticket.assignee.id} name={ticket.assignee.name} size="small" /> : <CircleUser aria-hidden size={15} strokeWidth={1.75} />}
      groups={[
        {
          entries: [
            { ...entryOf(me), label: t('tickets.me'), keys: keysText({ code: 'KeyI' }) },
            { id: 'none', label: t('tickets.unassigned'), icon: UserRoundX, chosen: ticket.assignee === null, onAction: () => assign(null) },
          ],
        },
        { title: t('tickets.people'), entries: others.map(entryOf) },
      ]}
    />
  );
}

function TeamFact({ ticket, isFixed }: FactProps) {
  const t = useTicketsText();
  const change = useTicketChange(ticket.id);
  const { data = [] } = useQuery(teams());
  if (data.length === 0 && !ticket.team) return null;
  return (
    <Fact
      label={t('tickets.team')}
      value={ticket.team?.name ?? t('tickets.no_team')}
      isShort={ticket.team === null}
      isFixed={isFixed}
      leading={<UsersRound aria-hidden size={15} strokeWidth={1.75} />}
      groups={[{
        entries: [
          ...data.map(({ id, name }) => ({ id, label: name, chosen: ticket.team?.id === id, onAction: () => change({ teamId: id }, { team: { id, name } }) })),
          { id: 'none', label: t('tickets.no_team'), chosen: ticket.team === null, onAction: () => change({ teamId: null }, { team: null }) },
        ],
      }]}
    />
  );
}

const PLACE_ICONS = { brand: Store, office: MapPin } as const;

/** Nothing where the workspace has none of these. */
function PlaceFact({ of, ticket, isFixed }: FactProps & { of: 'brand' | 'office' }) {
  const t = useTicketsText();
  const change = useTicketChange(ticket.id);
  const { data } = useQuery(places());
  const [here, all, Icon] = [ticket[of], data?.[of] ?? [], PLACE_ICONS[of]];
  if (all.length === 0 && !here) return null;
  return (
    <Fact
      label={t(`tickets.${of}`)} value={here?.name ?? t(`tickets.no_${of}`)} isShort={here === null} isFixed={isFixed} leading={<Icon aria-hidden size={15} strokeWidth={1.75} />}
      groups={[{
        entries: [
          ...all.map((one) => ({ id: one.id, label: one.name, chosen: here?.id === one.id, onAction: () => change({ [`${of}Id`]: one.id }, { [of]: one }) })),
          { id: 'none', label: t(`tickets.no_${of}`), chosen: here === null, onAction: () => change({ [`${of}Id`]: null }, { [of]: null }) },
        ],
      }]}
    />
  );
}

function ChoiceFacts({ ticket, isFixed }: FactProps) {
  const t = useTicketsText();
  const change = useTicketChange(ticket.id);
  return (
    <>
      <Fact
        label={t('tickets.priority')}
        value={t(priorityText(ticket.priority))}
        isFixed={isFixed}
        groups={[{ entries: PRIORITIES.toReversed().map((priority) => ({ id: priority, label: t(priorityText(priority)), chosen: priority === ticket.priority, onAction: () => change({ priority }) })) }]}
      />
      <Fact
        label={t('tickets.kind')}
        value={t(kindText(ticket.kind))}
        isFixed={isFixed}
        groups={[{ entries: KINDS.map((kind) => ({ id: kind, label: t(kindText(kind)), chosen: kind === ticket.kind, onAction: () => change({ kind }) })) }]}
      />
      <Fact
        label={t('tickets.language')}
        value={ticket.language ? LANGUAGE_NAMES[ticket.language] : t('tickets.language.unknown')}
        {...(ticket.language && { short: ticket.language.toUpperCase() })}
        isFixed={isFixed}
        groups={[{ entries: LANGUAGES.map((language) => ({ id: language, label: LANGUAGE_NAMES[language], chosen: language === ticket.language, onAction: () => change({ language }) })) }]}
      />
    </>
  );
}

/** How long the customer has been waiting; nothing when nobody does. */
const Waiting = ({ ticket: { waitingSince } }: { ticket: TicketView }) => {
  const t = useTicketsText();
  const format = useFormat();
  const now = useNow(30_000);
  if (!waitingSince) return null;
  const age = format.age(waitingSince, now);
  return (
    <span title={format.inFull(waitingSince)} className="inline-flex shrink-0 items-center gap-1 px-2 text-12 text-ink-soft tabular-nums">
      <Clock aria-hidden size={13} strokeWidth={1.75} className="hidden wide:@max-[42rem]:block" />
      <span aria-hidden className="hidden wide:@max-[42rem]:inline">{age}</span>
      <span className="wide:@max-[42rem]:sr-only">{t('tickets.waits_for', { age })}</span>
    </span>
  );
};

type FactMenuProps = { label: string; value: string; /** Stands for it where the row has little room. */ short?: string; isFixed: boolean; /** Its sign says enough. */ isShort?: boolean; leading?: ReactNode; groups: readonly MenuGroup[]; triggerRef?: Ref<HTMLButtonElement> };

const Value = ({ value, short }: { value: string; short?: string }) => (
  <>
    <span className={classes('truncate', short === '' && 'wide:@max-[36rem]:hidden', short && '@max-[42rem]:hidden')} dir="auto">{value}</span>
    {short && <span className="hidden @max-[42rem]:inline">{short}</span>}
  </>
);

/** What is seen is part of it, long or short. */
const nameOf = (label: string, value: string, short = ''): string => `${label}: ${value}${short === '' ? '' : `, ${short}`}`;

const Fact = ({ label, value, short, isFixed, isShort = false, leading, groups, triggerRef }: FactMenuProps) => {
  useMenuActions(label, groups, isFixed);
  const isBadge = typeof leading === 'object' && leading !== null && 'type' in leading && leading.type === Badge;
  const shown = isBadge ? leading : <span className="flex min-w-0 items-center gap-1.5">{leading}{!isShort && <Value value={value} {...(short !== undefined && { short })} />}</span>;
  if (isFixed) return <span title={label} className="inline-flex h-control-small shrink-0 items-center px-2 text-13 text-ink-soft">{shown}</span>;
  return (
    <Menu
      label={label}
      trigger={
        <Button tone="quiet" size="small" aria-label={nameOf(label, value, short)} {...(triggerRef && { ref: triggerRef as never })} className="max-w-60 gap-1 px-1.5! font-normal"
          {...(isBadge && { trailing: <ChevronDown aria-hidden size={11} className="-ms-0.5 shrink-0 text-ink-faint" /> })}>
          {shown}
        </Button>
      }
      groups={groups}
    />
  );
};
