import { api } from '../../../../platform/browser/api.ts';
import { ApiError } from '../../../../platform/browser/problems.ts';
import { SharedDraftView } from '../../core/shared-draft.ts';
import { type Draft, DraftChanged, DraftEnded } from './drafts.ts';

/** What of a draft others see. */
const bodyOf = ({ html, to, cc, attachments }: Draft) => ({ html, ...(to && { to }), ...(cc && { cc }), attachmentIds: attachments.map(({ id }) => id) });

export const draftOfShared = ({ body: { html, to, cc }, attachments, version }: SharedDraftView): Draft => ({ html, attachments, version, ...(to && { to }), ...(cc && { cc }) });

export const loadShared = async (id: string): Promise<Draft> => draftOfShared(await api.get(`/shared-drafts/${id}`, SharedDraftView).catch(refused));

export const saveShared = async (id: string, draft: Draft): Promise<number> =>
  (await api.put(`/shared-drafts/${id}`, { ...bodyOf(draft), version: draft.version ?? 1 }, SharedDraftView).catch(refused)).version;

export const share = (ticketId: string, draft: Draft, teamId: string | null): Promise<SharedDraftView> =>
  api.post(`/tickets/${ticketId}/shared-drafts`, { ...bodyOf(draft), ...(teamId !== null && { teamId }) }, SharedDraftView);

export const discardShared = (id: string): Promise<void> => api.put(`/shared-drafts/${id}/discarding`);
export const bringBackShared = (id: string): Promise<void> => api.delete(`/shared-drafts/${id}/discarding`);

function refused(error: unknown): never {
  if (!(error instanceof ApiError)) throw error;
  if (error.code === 'draft.changed_meanwhile') throw new DraftChanged(SharedDraftView.parse(error.more['draft']));
  if (error.code === 'draft.ended') throw new DraftEnded({ by: wordIn(error.more['by']), outcome: wordIn(error.more['outcome']) });
  // Its team was dissolved, or one is of it no longer.
  if (error.status === 404) throw new DraftEnded({ by: '', outcome: 'gone' });
  throw error;
}

const wordIn = (value: unknown): string => (typeof value === 'string' ? value : '');
