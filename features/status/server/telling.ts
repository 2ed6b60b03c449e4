import { textIn, type Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { dueRows, type DueWork } from '../../../platform/jobs/due.ts';
import { newMessageId } from '../../../platform/mail/header.ts';
import type { IncidentKind, State, Texts } from '../core/contract.ts';
import { ticketWords, updateLetter } from '../core/letters.ts';
import { LIST, type StatusDeps } from './context.ts';
import { findIncident, owedLetters, subscriptionById, takeLetter, updateById, type Letter, type Owed } from './store.ts';

type News = { readonly kind: IncidentKind; readonly titles: Texts; readonly state: State; readonly texts: Texts };

/** Writes the mails that updates owe, each in a transaction of its own: to subscribers, and on the tickets that are about it. */
export function createTelling({ db, machineNow, outbox, workspaces, tickets, email, chat, log }: StatusDeps): DueWork {
  const told = ({ kind, titles, state, texts }: News, language: Language, fallback: Language, site: string) => {
    const wanted = [language, fallback];
    const text = textIn(texts, wanted)!;
    // Said in the language that there is, all of it.
    return { language: text.language, kind, title: textIn(titles, [text.language, ...wanted])?.text ?? '', state, text: text.text, link: `${site}/status?lang=${text.language}` };
  };

  async function tellSubscriber(tx: Tx, workspaceId: string, id: string, news: News): Promise<void> {
    const subscription = await subscriptionById(tx, workspaceId, id);
    if (!subscription || subscription.confirmedAt === null) return;
    const { address, language } = subscription;
    const refused = (await email.unsubscribing.among(tx, workspaceId, LIST, [address])).size > 0 || (await email.suppressions.among(tx, workspaceId, [address])).length > 0;
    if (refused) return;
    const company = await workspaces.get(workspaceId);
    const from = await email.writesFrom(tx, workspaceId);
    await outbox.queue(tx, workspaceId, {
      purpose: 'bulk', messageId: newMessageId(from.address), from, to: [{ name: '', address }], ...updateLetter(told(news, language, company.language, await workspaces.publicUrlOf(workspaceId)), company.name), notBefore: machineNow(), envelopeFrom: '',
      headers: { ...email.unsubscribing.headersFor({ workspaceId, list: LIST, address, language }), 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    });
  }

  async function tellOnTicket(tx: Tx, workspaceId: string, ticketId: string, news: News): Promise<void> {
    const ticket = await tickets.lockLive(tx, ticketId);
    if (!ticket || ticket.status === 'closed') return;
    const talk = await chat.chatOn(tx, workspaceId, ticketId);
    // In the chat while one is under way, else by mail, and in the chat that is over where no mail can go.
    const allowed = talk === 'open' ? null : await email.automatic.allowed(tx, workspaceId, ticketId, { answers: false });
    const letter = allowed === null || 'refused' in allowed ? null : allowed;
    if (letter === null && talk === null) return;
    const company = await workspaces.get(workspaceId);
    const words = told(news, ticket.language ?? company.language, company.language, await workspaces.publicUrlOf(workspaceId));
    const by = { id: null, name: company.name };
    if (letter) await email.automatic.send(tx, workspaceId, ticket, { ...letter, answers: false, text: ticketWords(words), language: words.language }, by);
    else await tickets.messageBy(tx, workspaceId, ticket, { channel: 'chat', text: ticketWords(words) }, by);
  }

  async function newsOf(tx: Tx, workspaceId: string, { updateId }: Letter): Promise<News | null> {
    const update = await updateById(tx, workspaceId, updateId);
    const incident = update && await findIncident(tx, workspaceId, update.incidentId);
    return update && incident ? { kind: incident.kind, titles: incident.titles, state: update.state, texts: update.texts } : null;
  }

  return dueRows<Owed>({
    name: 'status', log, machineNow, find: (_now, limit) => owedLetters(db.owner, limit), idOf: ({ id }) => id,
    handle: ({ workspaceId, id }) => db.work(workspaceId, async (tx) => {
      const letter = await takeLetter(tx, workspaceId, id);
      const news = letter && await newsOf(tx, workspaceId, letter);
      if (!news) return;
      if (letter.subscriptionId !== null) await tellSubscriber(tx, workspaceId, letter.subscriptionId, news);
      else if (letter.ticketId !== null) await tellOnTicket(tx, workspaceId, letter.ticketId, news);
    }),
  });
}
