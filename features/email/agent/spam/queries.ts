import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { pagedQuery } from '../../../../platform/browser/paged.ts';
import { SenderRulePage, SenderRuleView, SpamFilterView } from '../../core/spam/contract.ts';

export type SenderList = 'blocked' | 'allowed';

export const SENDERS = ['email', 'senders'];

export const sendersQuery = (list: SenderList, part: string) =>
  pagedQuery([...SENDERS, list, part], `/email/${list}-senders`, SenderRulePage, { q: part });

export const spamFilterQuery = queryOptions({
  queryKey: ['email', 'spam-filter'],
  queryFn: ({ signal }) => api.get('/email/spam-filter', SpamFilterView, { signal }),
});

export const addSender = (list: SenderList, sender: string, reason: string) => api.post(`/email/${list}-senders`, { sender, reason }, SenderRuleView);
export const removeSender = (list: SenderList, id: string): Promise<void> => api.delete(`/email/${list}-senders/${id}`);

/** Resolves to what takes it back. */
export async function blockSender(address: string): Promise<() => Promise<unknown>> {
  const { id } = await addSender('blocked', address, '');
  return () => removeSender('blocked', id);
}
