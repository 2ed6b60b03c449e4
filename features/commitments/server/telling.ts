import type { Actor } from '../../../kernel/actor.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Commitment } from '../core/commitment.ts';
import { newDateLetter, spokenDate } from '../core/letters.ts';
import type { Context } from './context.ts';

type Until = Pick<Commitment, 'dueAt' | 'wholeDay'>;
type Asked = { readonly actor: Actor; readonly before: Commitment; readonly after: Until; readonly at: Date };

/** Tells customers of another date, in their language. */
export function createTelling(context: Context) {
  /** The words, with the customer's name only where it may stand. */
  async function words(tx: Tx, { actor, before, after, at }: Asked, { withName = true } = {}): Promise<{ text: string; language: Language }> {
    const [workspace, from, customer] = [await context.workspaces.get(actor.workspaceId), await nameOf(tx, actor.id), await context.customers.known(tx, before.customerId)];
    const language = (await context.tickets.find(tx, before.ticketId))?.language ?? customer?.language ?? workspace.language;
    const spoken = ({ dueAt, wholeDay }: Until) => spokenDate(language, dueAt, { timeZone: workspace.timeZone, wholeDay });
    const name = withName && customer ? customer.name : '';
    return { text: newDateLetter({ language, name, what: before.what, from: from || workspace.name, before: spoken(before), after: spoken(after), late: before.dueAt <= at }), language };
  }

  const nameOf = async (tx: Tx, id: string): Promise<string> => (await context.people.peopleByIds(tx, [id])).get(id)?.name ?? '';

  return {
    words,

    /** Mails it, on a ticket that is locked; answers with the entry, or with why no mail may go. */
    async mail(tx: Tx, asked: Asked): Promise<{ entryId: string } | { refused: string }> {
      const { workspaceId, id } = asked.actor;
      const ticket = await context.tickets.hold(tx, asked.before.ticketId);
      const allowed = await context.email.automatic.allowed(tx, workspaceId, ticket.id, { answers: false, by: asked.actor });
      if ('refused' in allowed) return allowed;
      const mail = { ...allowed, answers: false, ...await words(tx, asked, { withName: allowed.isTrusted }) };
      return { entryId: await context.email.automatic.send(tx, workspaceId, ticket, mail, { id: null, name: await nameOf(tx, id) }) };
    },
  };
}
