import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Eye, EyeOff } from 'lucide-react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { keysText, useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { classes } from '../../../../ui/classes.ts';
import { Avatar } from '../../../../ui/components/Avatar.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Menu, type MenuEntry } from '../../../../ui/components/Menu.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { TicketView } from '../../core/contract.ts';
import { setFollower, ticketChanged } from '../changes.ts';
import { useDesk, useMay } from '../desk.tsx';
import { colleagues } from '../queries.ts';
import { useMenuActions } from '../menu-actions.ts';
import { useTicketsText } from '../text.ts';

const KEY = { code: 'KeyF' } as const;

/** Who hears of the ticket besides: oneself by a key, and others by name. */
export function FollowersFact({ ticket, isFixed }: { ticket: TicketView; isFixed: boolean }) {
  const t = useTicketsText();
  const format = useFormat();
  const { me } = useDesk();
  const mayAdd = useMay('tickets.change');
  const { data: people = [] } = useQuery(colleagues());
  const set = useFollower(ticket.id);
  const { followerIds } = ticket;
  const isMine = followerIds.includes(me.id);
  const toggle = () => set.mutate({ person: 'me', follows: !isMine });
  const own = t(isMine ? 'tickets.unfollow' : 'tickets.follow');
  useShortcut({ ...KEY, label: own, group: t('tickets.shortcuts.ticket'), disabled: isFixed }, toggle);
  const following = people.filter(({ id }) => followerIds.includes(id)).map(({ name }) => name);
  const entryOf = ({ id, name }: { id: string; name: string }): MenuEntry => {
    const follows = followerIds.includes(id);
    return { id, label: name, leading: <Avatar id={id} name={name} size="small" />, chosen: follows, onAction: () => set.mutate({ person: id, follows: !follows }) };
  };
  const others = people.filter(({ id, state }) => id !== me.id && state === 'active').sort((a, b) => format.compare(a.name, b.name));
  const groups = [
    { entries: [{ id: 'me', label: own, icon: isMine ? EyeOff : Eye, keys: keysText(KEY), onAction: toggle }] },
    { title: t('tickets.followers.others'), entries: mayAdd ? others.map(entryOf) : [] },
  ];
  useMenuActions(t('tickets.followers'), groups, isFixed);
  if (isFixed) return null;
  const label = following.length > 0 ? t('tickets.followers.who', { names: format.list(following) }) : t('tickets.followers');
  return (
    <Menu
      label={t('tickets.followers')}
      trigger={(
        <Button tone="quiet" size="small" icon={Eye} aria-label={label} className={classes('gap-1 px-1.5! font-normal tabular-nums', isMine && 'text-accent')}>
          {followerIds.length > 0 && format.number(followerIds.length)}
        </Button>
      )}
      groups={groups}
    />
  );
}

function useFollower(ticketId: string) {
  const cache = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: ({ person, follows }: { person: string; follows: boolean }) => setFollower(ticketId, person, follows),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => ticketChanged(cache, ticketId),
  });
}
