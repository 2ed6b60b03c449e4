import { api } from '../../../platform/browser/api.ts';
import { ArticleDetail } from '../core/contract.ts';

/** A draft from a ticket, without what points at its people; answers with its id. */
export const proposeArticle = async (ticketId: string): Promise<string> => (await api.post('/articles/proposals', { ticketId }, ArticleDetail)).id;
