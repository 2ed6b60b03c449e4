import type { Now } from '../../../../kernel/actor.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Vault } from '../../../../platform/config/vault.ts';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import { newId } from '../../../../platform/db/ids.ts';
import { useOne, type Quota } from '../../../../platform/db/quota.ts';
import { isStorable } from '../../../../platform/http/bodies.ts';
import type { Customers } from '../../../customers/server/customers.ts';
import { HANDED_IN } from '../../../tickets/core/incoming.ts';
import type { Tickets } from '../../../tickets/server/tickets.ts';
import { applied, type Mapped } from '../../core/mapping.ts';
import { INCOMING_SECRET } from '../sealed.ts';
import { isSigned } from '../signature.ts';
import { hashOf } from './incoming.ts';
import { findIncoming, hookOfToken, insertCall, insertRefusal, markCalled, settleCall, type StoredIncoming } from './store.ts';

const A_MINUTE: Quota = { uses: 120, seconds: 60 };
const A_DAY: Quota = { uses: 20_000, seconds: 86_400 };

/** What a program sent: the bytes as they came, and what it says about them. */
export type Call = { readonly body: Buffer; readonly id: string | null; readonly signature: { readonly id: string; readonly seconds: string; readonly signatures: string } };
export type Answer = { readonly id: string; readonly ticketId: string | null; readonly repeated: boolean };

/** Takes in what programs hand in. An address in it says who the matter is about, never who sent it. */
export function createReceiving({ db, now, machineNow, vault, customers, tickets }: {
  db: Database; now: Now; machineNow: Now; vault: Pick<Vault, 'open'>; customers: Pick<Customers, 'resolve'>; tickets: Pick<Tickets, 'receive' | 'findByNumber' | 'noteFromOutside'>;
}) {
  async function count(hookId: string): Promise<void> {
    for (const [name, quota] of [['minute', A_MINUTE], ['day', A_DAY]] as const) {
      const retryAfter = await useOne(db.lookup, `incoming ${name} ${hookId}`, quota);
      if (retryAfter !== null) throw new AppError('rate_limited', 'webhook.too_many_calls', 'Too many calls; wait a while.', { retryAfter });
    }
  }

  async function makeTicket(tx: Tx, workspaceId: string, hook: StoredIncoming, given: Mapped): Promise<{ ticketId: string; entryId: string }> {
    const at = now();
    const customer = await customers.resolve(tx, workspaceId, { ...(given.email !== null ? { email: given.email } : { phone: given.phone ?? '' }), name: given.name, at });
    return tickets.receive(tx, workspaceId, {
      ticketId: null, customerId: customer.id, homeId: customer.homeId, mailboxId: null, teamId: hook.teamId, channel: 'web', subject: given.subject, text: given.text, quoted: '', html: null,
      author: { name: given.name || customer.name, address: given.email ?? '' }, recipients: { to: [], cc: [] }, messageId: null, ledgerId: null, language: customer.language, attachments: [],
      notice: noticeOf(hook), automatic: false, participants: [], at, begins: { priority: given.priority ?? 'normal', tags: given.tags },
    });
  }

  async function makeNote(tx: Tx, workspaceId: string, hook: StoredIncoming, given: Mapped): Promise<{ ticketId: string; entryId: string }> {
    const ticket = given.ticketNumber === null ? null : await tickets.findByNumber(tx, given.ticketNumber);
    if (!ticket) throw new AppError('mismatch', 'webhook.no_such_ticket', 'There is no ticket of the number that the mapping gives.');
    const entryId = await tickets.noteFromOutside(tx, workspaceId, {
      ticketId: ticket.id, text: given.text, quoted: '', subject: given.subject, attachments: [], messageId: null, ledgerId: null, authentication: null, at: now(),
      channel: 'web', author: { name: hook.name, address: '' }, by: null, notice: null,
    });
    return { ticketId: ticket.id, entryId };
  }

  async function take(tx: Tx, workspaceId: string, hook: StoredIncoming, call: { id: string; givenId: string | null; payload: unknown }): Promise<Answer> {
    const { mapped, problems } = applied(hook.makes, hook.mapping, call.payload);
    const fatal = problems.filter(({ isFatal }) => isFatal);
    if (fatal.length > 0) {
      throw new AppError('mismatch', 'webhook.not_mapped', `What came in lacks what the mapping asks for: ${fatal.map(({ field, code }) => `${field} is ${code}`).join(', ')}.`, { problems: fatal });
    }
    const at = machineNow();
    const first = await insertCall(tx, workspaceId, { id: call.id, hookId: hook.id, givenId: call.givenId ?? mapped.id, createdAt: at });
    if (first) return { id: first.id, ticketId: first.ticketId, repeated: true };
    const made = await (hook.makes === 'ticket' ? makeTicket : makeNote)(tx, workspaceId, hook, mapped);
    await settleCall(tx, workspaceId, call.id, made);
    await markCalled(tx, workspaceId, hook.id, at);
    return { id: call.id, ticketId: made.ticketId, repeated: false };
  }

  return {
    async receive(token: string, { body, id: givenId, signature }: Call): Promise<Answer> {
      const found = await hookOfToken(db.lookup, hashOf(token));
      if (!found) throw unknown();
      const { workspaceId, hookId } = found;
      await count(hookId);
      const id = newId();
      try {
        return await db.work(workspaceId, async (tx) => {
          const hook = await findIncoming(tx, workspaceId, hookId);
          if (!hook || hook.disabledAt) throw unknown();
          if (hook.secret !== null && !isSigned(vault.open(INCOMING_SECRET.place(workspaceId, hookId), hook.secret), signature, body, machineNow())) {
            throw new AppError('unauthenticated', 'webhook.bad_signature', 'Sign the call as in Standard Webhooks, with the secret of this webhook and the time of now.');
          }
          return take(tx, workspaceId, hook, { id, givenId, payload: parsed(body) });
        });
      } catch (error) {
        if (error instanceof AppError && error.kind !== 'not_found') {
          await db.work(workspaceId, (tx) => insertRefusal(tx, workspaceId, { id, hookId, givenId, errorCode: error.code, createdAt: machineNow() }));
        }
        throw error;
      }
    },
  };
}

const noticeOf = ({ name }: StoredIncoming): string => `${HANDED_IN}:${name}`;
const unknown = () => new AppError('not_found', 'webhook.unknown_address', 'There is nothing at this address.');

function parsed(body: Buffer): unknown {
  let payload: unknown;
  try {
    payload = JSON.parse(body.toString('utf8'));
  } catch {
    throw new AppError('invalid', 'webhook.bad_json', 'Send JSON.');
  }
  if (!isStorable(payload)) throw new AppError('invalid', 'request.bad_text', 'A text holds a NUL character or half of a surrogate pair, which cannot be kept; leave it out.');
  return payload;
}
