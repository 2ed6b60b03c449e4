import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { textIn, type Language } from '../../../kernel/languages.ts';
import { escapeHtml } from '../../../platform/html/escape.ts';
import { demand } from '../../people/core/permissions.ts';
import { articlePath, shownAt, withoutPerson } from '../core/article.ts';
import type { ArticleDetail } from '../core/contract.ts';
import type { Context } from './context.ts';
import { countUse, textsOf } from './store.ts';
import type { createWriting } from './writing.ts';

const ENTRIES = 100;

/** Articles in the work on tickets: put into a reply, and made from one. */
export function createUsing(context: Context, { createIn }: Pick<ReturnType<typeof createWriting>, 'createIn'>) {
  const { work, required, tickets, customers, workspaces, now } = context;

  return {
    /** For a reply: a link to it, or its words, in the ticket's language where it is live. What customers may not read is refused. */
    useArticle: (actor: Actor, id: string, { ticketId, as }: { ticketId: string; as: 'link' | 'text' }): Promise<{ html: string; language: Language }> =>
      work(actor, 'articles.read', async (tx) => {
        demand(actor, 'tickets.reply');
        const article = await required(tx, actor.workspaceId, id);
        const ticket = await tickets.find(tx, ticketId);
        if (!ticket) throw new AppError('not_found', 'ticket.not_found', 'There is no such ticket.');
        if ((article.state !== 'public' && article.state !== 'customers_only') || shownAt(article, now()) !== 'now') {
          throw new AppError('conflict', 'article.not_for_customers', 'Customers may not read this article now; make it readable for them first.');
        }
        const texts = await textsOf(tx, actor.workspaceId, id);
        const titles = Object.fromEntries(texts.flatMap((text) => (text.liveTitle === null ? [] : [[text.language, text.liveTitle]])));
        const chosen = textIn(titles, [ticket.language, (await workspaces.get(actor.workspaceId)).language]);
        if (!chosen) throw new AppError('conflict', 'article.not_live', 'Nothing of this article is live yet.');
        await countUse(tx, actor.workspaceId, id);
        const site = await workspaces.publicUrlOf(actor.workspaceId);
        const href = `${site}${articlePath(chosen.language, article.number, chosen.text)}`;
        const link = `<p><a href="${escapeHtml(href)}">${escapeHtml(chosen.text)}</a></p>`;
        const body = texts.find((text) => text.language === chosen.language)?.liveHtml ?? '';
        return { html: as === 'link' ? link : `${body.replaceAll('src="/help/', `src="${escapeHtml(site)}/help/`)}${link}`, language: chosen.language };
      }),

    /** A draft from a ticket: the question as its title, our answers as its text; names, addresses and numbers are taken out. */
    proposeArticle: (actor: Actor, ticketId: string): Promise<ArticleDetail> =>
      work(actor, 'articles.write', async (tx) => {
        const ticket = await tickets.get(actor, ticketId);
        const { items } = await tickets.entries(actor, ticketId, { limit: ENTRIES });
        const known = await customers.known(tx, ticket.customer.id);
        const told = items.flatMap(({ author, recipients }) => [author?.name, ...[...recipients?.to ?? [], ...recipients?.cc ?? []].map(({ name }) => name)]);
        const names = [known?.name, ...told].filter((name) => name !== undefined);
        const clean = (text: string): string => withoutPerson(text, names);
        const answers = items.filter((entry) => entry.type === 'message' && entry.direction === 'out' && entry.text.trim() !== '').map((entry) => clean(entry.text));
        const html = answers.map((answer) => answer.split(/\n{2,}/).map((part) => `<p>${escapeHtml(part.trim()).replaceAll('\n', '<br>')}</p>`).join('')).join('<hr>');
        const language = ticket.language ?? (await workspaces.get(actor.workspaceId)).language;
        const title = clean(ticket.subject).replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim().slice(0, 300);
        return createIn(tx, actor, { language, title: title === '' ? `#${ticket.number}` : title, summary: '', keywords: '', html });
      }),
  };
}
