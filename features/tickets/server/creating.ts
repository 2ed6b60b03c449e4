import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { TicketCreate } from '../core/contract.ts';
import { uniqueTags, type TicketState } from '../core/ticket.ts';
import { byPerson, type Context } from './context.ts';
import { begunWith, newTicket } from './receiving.ts';
import { insertTicket, officesOf } from './store.ts';
import type { createSending } from './sending.ts';
import type { createWriting } from './writing.ts';

const CONTACT_TYPE = { phone: 'call', desk: 'visit', letter: 'letter' } as const;
type ContactType = (typeof CONTACT_TYPE)[keyof typeof CONTACT_TYPE];

export function createCreating(context: Context, writing: Pick<ReturnType<typeof createWriting>, 'logContact' | 'checkTargets'> & Pick<ReturnType<typeof createSending>, 'post'>) {
  async function customerFor(tx: Tx, actor: Actor, given: TicketCreate, at: Date): Promise<{ id: string; homeId: string; language: Language | null }> {
    if (given.customerId !== undefined) {
      const known = await context.customers.known(tx, given.customerId);
      if (!known) throw new AppError('invalid', 'ticket.no_such_customer', 'There is no such customer.');
      return { id: known.id, homeId: known.id, language: known.language };
    }
    const { email, phone, name } = given.customer ?? {};
    if (email === undefined && phone === undefined) throw new AppError('invalid', 'ticket.customer_unreachable', 'Give the customer\'s e-mail address or phone number.');
    const language = given.language ?? null;
    return context.customers.resolve(tx, actor.workspaceId, { email, phone, name: name ?? '', language, at });
  }

  async function openTicket(tx: Tx, actor: Actor, given: TicketCreate, at: Date): Promise<TicketState> {
    const customer = await customerFor(tx, actor, given, at);
    const language = given.language ?? customer.language;
    const fields = await context.fieldsAfter(tx, {}, given.fields) ?? {};
    const ticket = await insertTicket(tx, actor.workspaceId, newTicket({
      fields,
      subject: given.subject, channel: given.channel, customerId: customer.id, homeId: customer.homeId === customer.id ? null : customer.homeId, status: 'open', assigneeId: given.assigneeId === undefined ? actor.id : given.assigneeId,
      teamId: given.teamId ?? null, mailboxId: given.mailboxId ?? null, brandId: given.brandId ?? null, officeId: await officeHere(tx, actor, given), language, languageFixed: given.language !== undefined,
      tags: uniqueTags(given.tags ?? []), ...(given.kind && { kind: given.kind }), ...(given.priority && { priority: given.priority }),
    }, at), { speaksFor: { address: null } });
    await context.emit(tx, actor.workspaceId, { type: 'ticket.created', ticketId: ticket.id, actor: byPerson(actor), data: { channel: given.channel, number: ticket.number, status: ticket.status, priority: ticket.priority, ...begunWith(ticket) }, at });
    await context.makeFindable(tx, actor.workspaceId, ticket);
    return ticket;
  }

  async function log(tx: Tx, actor: Actor, ticket: TicketState, type: ContactType, given: TicketCreate, at: Date): Promise<void> {
    const state = given.status
      ? await context.record(tx, actor.workspaceId, ticket, { ...ticket, status: given.status, resolvedAt: given.status === 'resolved' ? at : null }, byPerson(actor), at)
      : ticket;
    await writing.logContact(tx, actor, state, { type, direction: given.direction, text: given.text, html: given.html, attachmentIds: given.attachmentIds, receivedAt: given.receivedAt, pickedUp: given.pickedUp }, at);
  }

  return {
    /** Writes to a customer first, or logs a call, a talk at the counter or a letter as a new ticket. */
    create: (actor: Actor, given: TicketCreate): Promise<string> =>
      context.work(actor, 'tickets.reply', async (tx) => {
        const at = context.now();
        await writing.checkTargets(tx, given);
        if (given.mailboxId && !await isMailbox(tx, given.mailboxId)) throw new AppError('invalid', 'ticket.no_such_mailbox', 'There is no such mailbox.');
        const contact = contactOf(given.channel);
        const ticket = await openTicket(tx, actor, given, at);
        if (contact) await log(tx, actor, ticket, contact, given, at);
        else await writing.post(tx, actor, ticket, { kind: 'reply', given }, at);
        return ticket.id;
      }),
  };
}

/** Where somebody is met, and letters come in: the office of those who write it down, when they sit in one alone. */
async function officeHere(tx: Tx, { teamIds }: Actor, { officeId, teamId, channel }: TicketCreate): Promise<string | null> {
  if (officeId !== undefined) return officeId;
  if (teamId || (channel !== 'desk' && channel !== 'letter')) return null;
  const [office, ...others] = new Set((await officesOf(tx, teamIds)).values());
  return office !== undefined && others.length === 0 ? office : null;
}

/** Null: the ticket begins with a mail to the customer. */
function contactOf(channel: TicketCreate['channel']): ContactType | null {
  if (channel === 'email') return null;
  if (channel === 'phone' || channel === 'desk' || channel === 'letter') return CONTACT_TYPE[channel];
  throw new AppError('invalid', 'ticket.channel', 'A new ticket is a mail, a call, a talk at the desk or a letter.');
}

const isMailbox = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.selectFrom('mailboxes').select('id').where('id', '=', id).where('disabled_at', 'is', null).executeTakeFirst()) !== undefined;
