import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { TicketCreate } from '../core/contract.ts';
import { uniqueTags } from '../core/ticket.ts';
import { byPerson, type Context } from './context.ts';
import { newTicket } from './receiving.ts';
import { insertTicket } from './store.ts';
import type { createWriting } from './writing.ts';

const CONTACT_TYPE = { phone: 'call', desk: 'visit', letter: 'letter' } as const;

export function createCreating(context: Context, writing: Pick<ReturnType<typeof createWriting>, 'reply' | 'logContact' | 'checkTargets'>) {
  async function customerFor(tx: Tx, actor: Actor, given: TicketCreate, at: Date): Promise<string> {
    if (given.customerId !== undefined) return given.customerId;
    const { email, phone, name } = given.customer ?? {};
    if (email === undefined && phone === undefined) throw new AppError('invalid', 'ticket.customer_unreachable', 'Give the customer\'s e-mail address or phone number.');
    const language = given.language ?? null;
    return (await context.customers.resolve(tx, actor.workspaceId, { email, phone, name: name ?? '', language, at })).id;
  }

  return {
    /** Writes to a customer first, or logs a call, a talk at the counter or a letter as a new ticket. */
    create: (actor: Actor, given: TicketCreate): Promise<string> =>
      context.work(actor, 'tickets.reply', async (tx) => {
        const at = context.now();
        await writing.checkTargets(tx, given);
        if (given.mailboxId && !await isMailbox(tx, given.mailboxId)) throw new AppError('invalid', 'ticket.no_such_mailbox', 'There is no such mailbox.');
        const contact = given.channel === 'phone' || given.channel === 'desk' || given.channel === 'letter' ? CONTACT_TYPE[given.channel] : null;
        if (!contact && given.channel !== 'email') throw new AppError('invalid', 'ticket.channel', 'A new ticket is a mail, a call, a talk at the desk or a letter.');
        const customerId = await customerFor(tx, actor, given, at);
        const ticket = await insertTicket(tx, actor.workspaceId, newTicket({
          subject: given.subject, channel: given.channel, customerId, status: 'open', assigneeId: given.assigneeId === undefined ? actor.id : given.assigneeId,
          teamId: given.teamId ?? null, mailboxId: given.mailboxId ?? null, language: given.language ?? (await context.customers.known(tx, customerId))?.language ?? null,
          languageFixed: given.language !== undefined, tags: uniqueTags(given.tags ?? []),
          ...(given.kind && { kind: given.kind }), ...(given.priority && { priority: given.priority }),
        }, at));
        await context.emit(tx, actor.workspaceId, { type: 'ticket.created', ticketId: ticket.id, actor: byPerson(actor), data: { channel: given.channel, number: ticket.number }, at });
        await context.makeFindable(tx, actor.workspaceId, ticket);
        if (contact) await logged(tx, actor, ticket, contact);
        else await writing.reply(tx, actor, ticket, { ...given, cc: given.cc, status: given.status }, at);
        return ticket.id;

        async function logged(inner: Tx, who: Actor, on: typeof ticket, type: 'call' | 'visit' | 'letter'): Promise<void> {
          const state = given.status ? await context.record(inner, who.workspaceId, on, { ...on, status: given.status, resolvedAt: given.status === 'resolved' ? at : null }, byPerson(who), at) : on;
          await writing.logContact(inner, who, state, { type, direction: given.direction, text: given.text, html: given.html, attachmentIds: given.attachmentIds }, at);
        }
      }),
  };
}

const isMailbox = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.selectFrom('mailboxes').select('id').where('id', '=', id).where('disabled_at', 'is', null).executeTakeFirst()) !== undefined;
