import type { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { demand } from '../../people/core/permissions.ts';
import { inAMonth } from '../core/due.ts';
import type { PrivacyDecision, PrivacyQuery, PrivacyRequestView } from '../core/privacy-contract.ts';
import type { Context } from './context.ts';
import { decidedPrivacy, decidePrivacy, findPrivacy, insertPrivacy, lockPrivacy, openPrivacy, type PrivacyRow } from './privacy-store.ts';
import type { Guest } from './signing-in.ts';

const PAGE = 100;
/** Far more than one person asks in a life; an export says when it is not whole. */
const MOST_REQUESTS = 1_000;

const needsApproval = (): AppError => new AppError('conflict', 'privacy.answer_needs_approval', 'Somebody has to approve answers here first: write it on the ticket, and decide with "isAnswered" when it has left.');
const notThere = (): AppError => new AppError('not_found', 'privacy.not_found', 'There is no such request about data.');

/** The queue of those who asked for their data, or for its end. Tells `privacy_request.changed`. */
export function createPrivacy({ db, now, emit, tickets, customers, people }: Context) {
  const work = <T>(actor: Actor, act: (tx: Tx, workspaceId: string) => Promise<T>): Promise<T> => {
    demand(actor, 'privacy.manage');
    return db.work(actor.workspaceId, (tx) => act(tx, actor.workspaceId));
  };
  const required = async (found: Promise<PrivacyRow | undefined>): Promise<PrivacyRow> => {
    const row = await found;
    if (!row) throw notThere();
    return row;
  };

  async function views(tx: Tx, rows: readonly PrivacyRow[]): Promise<PrivacyRequestView[]> {
    const about = await tickets.brief(tx, rows.map(({ ticketId }) => ticketId));
    const names = await people.peopleByIds(tx, rows.flatMap(({ decidedBy }) => decidedBy ?? []));
    return rows.map(({ id, kind, ticketId, address, proof, askedAt, dueAt, decidedAt, decidedBy, outcome }) => ({
      id, kind, ticket: { id: ticketId, number: about.get(ticketId)?.number ?? 0 }, address, proof, askedAt: askedAt.toISOString(), dueAt: dueAt.toISOString(),
      decision: decidedAt && decidedBy && outcome ? { outcome, at: decidedAt.toISOString(), byId: decidedBy, byName: names.get(decidedBy)?.name ?? '' } : null,
    }));
  }

  async function exchanged(tx: Tx, customerId: string, ticketId: string) {
    const said: object[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await tickets.exchanges(tx, { customerId, companyIds: [] }, ticketId, { limit: PAGE, cursor });
      said.push(...page.items.map(({ type, channel, direction, text, createdAt, attachments, authorKind, authorName }) => ({
        at: createdAt.toISOString(), type, channel, direction, from: authorKind === 'customer' ? authorName : 'us', text, files: attachments.map(({ name, contentType, size }) => ({ name, contentType, size })),
      })));
      cursor = page.nextCursor;
    }
    return said.toReversed();
  }

  /** By a letter on the ticket that has left, or will. */
  async function answeredAlready(tx: Tx, actor: Actor, { ticketId, customerId, askedAt }: PrivacyRow): Promise<void> {
    const { items } = await tickets.exchanges(tx, { customerId, companyIds: [] }, ticketId, { limit: PAGE, cursor: undefined });
    if (!items.some(({ authorKind, createdAt }) => authorKind !== 'customer' && createdAt >= askedAt)) throw new AppError('conflict', 'privacy.not_answered', 'Nothing was written to the customer on this ticket since they asked.');
    const { status } = await tickets.current(tx, ticketId);
    if (status !== 'resolved' && status !== 'closed') await tickets.change(actor, ticketId, { status: 'resolved' });
  }

  return {
    /** Within the transaction that files what they asked for. */
    async note(tx: Tx, { workspaceId, address, proof }: Guest, kind: 'copy' | 'delete', about: { ticketId: string; customerId: string }): Promise<void> {
      const at = now();
      const id = newId();
      await insertPrivacy(tx, workspaceId, { id, kind, ...about, address, proof: proof === 'mail' ? 'mail' : 'company', askedAt: at, dueAt: inAMonth(at) });
      await emit(tx, workspaceId, { type: 'privacy_request.changed', subjectId: id, ticketId: about.ticketId, actor: { kind: 'customer', id: about.customerId }, data: { kind }, at });
    },

    list: (actor: Actor, { state, limit, cursor }: z.infer<typeof PrivacyQuery>): Promise<Page<PrivacyRequestView>> => work(actor, async (tx, workspaceId) => {
      const after = cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']);
      const rows = await (state === 'open' ? openPrivacy : decidedPrivacy)(tx, workspaceId, limit + 1, after);
      const page = pageOfRows(rows, limit, (row) => [(row.decidedAt ?? row.dueAt).toISOString(), row.id], (row) => row);
      return { items: await views(tx, page.items), nextCursor: page.nextCursor };
    }),

    /** Done or refused, with a word to the customer; both or neither: what waits for somebody's approval has told them nothing yet. */
    decide: (actor: Actor, id: string, { outcome, text, isAnswered }: PrivacyDecision): Promise<PrivacyRequestView> => work(actor, async (tx, workspaceId) => {
      const row = await required(lockPrivacy(tx, workspaceId, id));
      if (row.decidedAt) throw new AppError('conflict', 'privacy.decided', 'Somebody has decided this already; look at it again.');
      if (isAnswered) await answeredAlready(tx, actor, row);
      else if ('heldAs' in await tickets.sendReply(actor, row.ticketId, { channel: 'email', text, attachmentIds: [], status: 'resolved' })) throw needsApproval();
      const at = now();
      await decidePrivacy(tx, workspaceId, id, { outcome, by: actor.id, at });
      await emit(tx, workspaceId, { type: 'privacy_request.changed', subjectId: id, ticketId: row.ticketId, actor: { kind: 'person', id: actor.id }, data: { kind: row.kind, outcome }, at });
      return (await views(tx, [{ ...row, outcome, decidedBy: actor.id, decidedAt: at }]))[0]!;
    }),

    /** What they may see of what we have, as `own` shows it to them: nothing that belongs to others, no notes of ours. */
    exportOf: (actor: Actor, id: string): Promise<object> => work(actor, async (tx, workspaceId) => {
      const { customerId } = await required(findPrivacy(tx, workspaceId, id));
      const customer = await customers.known(tx, customerId);
      if (!customer) throw new AppError('not_found', 'customer.not_found', 'Nothing is kept of this customer any more.');
      const requests: object[] = [];
      let cursor: string | null | undefined;
      while (cursor !== null && requests.length < MOST_REQUESTS) {
        const page = await tickets.ofCustomer(tx, customer.id, { limit: PAGE, cursor });
        for (const { id: ticketId, number, subject, kind, channel, status, createdAt } of page.items) {
          requests.push({ number, subject, kind, channel, status, createdAt: createdAt.toISOString(), entries: await exchanged(tx, customer.id, ticketId) });
        }
        cursor = page.nextCursor;
      }
      const { name, language, identities } = customer;
      return { madeAt: now().toISOString(), isWhole: cursor === null, customer: { name, language, identities: identities.map(({ kind, value }) => ({ kind, value })) }, requests };
    }),
  };
}
