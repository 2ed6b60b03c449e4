import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { BulkSelected } from '../../../../features/bulk/agent/BulkSelected.tsx';
import { savedRepliesQuery } from '../../../../features/macros/agent/queries.ts';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { AttachSelected } from '../../../../features/status/agent/ticket/AttachSelected.tsx';
import { colleagues, teams } from '../../../../features/tickets/agent/queries.ts';

type Props = { readonly ids: readonly string[]; readonly onDone: () => void };

/** What can be done with all selected tickets, of all rooms. */
export const withSelectedOf = ({ permissions }: MeView) => (permissions.includes('tickets.change')
  ? (props: Props) => (
    <>
      <Bulk {...props} mayReply={permissions.includes('tickets.reply')} />
      {permissions.includes('status.manage') && <AttachSelected {...props} />}
    </>
  )
  : null);

function Bulk({ mayReply, ...props }: Props & { mayReply: boolean }) {
  const { data: people = [] } = useQuery(colleagues());
  const { data: groups = [] } = useQuery(teams());
  const saved = useInfiniteQuery(savedRepliesQuery(''));
  const macros = (saved.data?.pages ?? []).flatMap(({ items }) => items).filter(({ actions }) => actions.length > 0);
  return <BulkSelected {...props} choices={{ people: people.filter(({ role }) => role !== 'colleague'), teams: groups, macros, mayReply }} />;
}
