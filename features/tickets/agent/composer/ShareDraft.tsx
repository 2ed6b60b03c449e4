import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { useDesk } from '../desk.tsx';
import { useMenuActions } from '../menu-actions.ts';
import { KEYS, teams } from '../queries.ts';
import { useTicketsText } from '../text.ts';
import type { Mode } from './sending.ts';
import { share } from './shared.ts';
import { draftsOf, type useDraft } from './use-draft.ts';

type ShareDraftProps = { mode: Mode; ticketId: string; draft: Pick<ReturnType<typeof useDraft>, 'key' | 'isBlank'>; onShared: (id: string) => void };

/** Lets others write on at one's own draft of a reply: a team, or everybody who may answer the ticket. */
export const ShareDraft = (props: ShareDraftProps) => (props.mode === 'reply' && props.draft.key.sharedId === undefined ? <Ways {...props} /> : null);

function Ways({ ticketId, draft: { key, isBlank }, onShared }: ShareDraftProps) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { me } = useDesk();
  const { data: known = [] } = useQuery(teams());
  const { mutate, isPending } = useMutation({
    mutationFn: async (teamId: string | null) => {
      const given = await draftsOf(me.id).settled(key);
      return { given, shared: await share(ticketId, given, teamId) };
    },
    onSuccess: async ({ given, shared }) => {
      const drafts = draftsOf(me.id);
      // What was typed meanwhile goes along.
      const now = drafts.state(key).draft;
      drafts.put({ kind: 'reply', ticketId, sharedId: shared.id }, { ...now, version: shared.version }, now === given ? 'saved' : 'unsaved');
      void drafts.discard(key);
      onShared(shared.id);
      toast({ text: t('tickets.shared.shared') });
      await cache.invalidateQueries({ queryKey: KEYS.shared(ticketId) });
    },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });
  const own = known.toSorted((a, b) => Number(me.teamIds.includes(b.id)) - Number(me.teamIds.includes(a.id)));
  const groups = [
    { entries: [{ id: 'all', label: t('tickets.shared.with_all'), onAction: () => mutate(null) }] },
    { title: t('tickets.shared.with_team'), entries: own.map(({ id, name }) => ({ id, label: name, onAction: () => mutate(id) })) },
  ];
  const isOff = isBlank || isPending;
  useMenuActions(t('tickets.shared.share'), groups, isOff);
  return <Menu label={t('tickets.shared.share')} placement="top start" groups={groups} trigger={<IconButton label={t('tickets.shared.share')} icon={Users} isDisabled={isOff} />} />;
}
