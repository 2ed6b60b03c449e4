import type { Actor, Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit, EventActor } from '../../../platform/events/events.ts';
import { textOfHtml } from '../../../platform/html/reading.ts';
import { sanitiseMail } from '../../../platform/html/sanitise.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import { momentOf } from '../../conditions/core/plan.ts';
import type { People } from '../../people/server/people.ts';
import type { Automaton } from '../../tickets/core/automatic.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Gate, Outgoing, Tickets } from '../../tickets/server/tickets.ts';
import { needsOf, type Need } from '../core/approval.ts';
import type { CHANNELS, WRITERS } from '../core/contract.ts';
import { demandsOn, policiesOf } from './policy-store.ts';
import type { Reviewing } from './reviewing.ts';
import { countWaiting, insertApproval, insertStep, type Approval, type Details } from './store.ts';

const MOST_WAITING = 20;
type Body = { readonly text?: string | undefined; readonly html?: string | undefined };
type Draft = Body & { readonly kind: Approval['kind']; readonly details: Details; readonly attachmentIds: readonly string[] };
type Writer = { readonly id: string | null; readonly name: string; readonly actor: EventActor };

/** What is kept is the clean form, as it would leave. Beside HTML stand its own words: they are what a reviewer reads. */
export function cleaned({ text, html }: Body): { text: string; html: string | null } {
  if (html === undefined || html.trim() === '') return { text: (text ?? '').trim(), html: null };
  const safe = sanitiseMail(html, { image: (image) => ('cid' in image ? `cid:${image.cid}` : null) }).html;
  return { text: textOfHtml(safe).trim(), html: safe };
}

/** Finds out what somebody has to see first, and keeps it for them. */
export function createKeeping({ now, emit, calendars, people, reviewing, tickets }: {
  now: Now; emit: Emit; tickets: Pick<Tickets, 'attributes' | 'keepFiles'>; calendars: Pick<Calendars, 'timeFor'>; people: Pick<People, 'peopleByIds'>; reviewing: Reviewing;
}) {
  /** Rules that asked for it on this ticket come before policies; on every way and for everybody. */
  async function needs(tx: Tx, workspaceId: string, ticket: TicketState, written: { writer: (typeof WRITERS)[number]; channel: (typeof CHANNELS)[number] }): Promise<Need[]> {
    const [demands, policies] = await Promise.all([demandsOn(tx, workspaceId, ticket.id), policiesOf(tx, workspaceId)]);
    const asked = demands.map(({ name, reviewers }) => ({ reason: name, reviewers }));
    if (policies.length === 0) return asked;
    return [...asked, ...needsOf(policies, await tickets.attributes(tx, TICKET_FIELDS), ticket, written, momentOf(now(), await calendars.timeFor(tx, workspaceId, null, ticket)))];
  }

  async function keep(tx: Tx, workspaceId: string, ticket: TicketState, { reason, reviewers }: Need, writer: Writer, draft: Draft): Promise<string> {
    if (await countWaiting(tx, workspaceId, ticket.id) >= MOST_WAITING) throw new AppError('conflict', 'approval.too_many', `${MOST_WAITING} answers on this ticket wait for approval already; have them decided first.`);
    const personIds = await reviewing.whom(tx, { writerId: writer.id, reviewers, details: draft.details }, ticket.teamId);
    const at = now();
    const approval: Approval = {
      id: newId(), ticketId: ticket.id, kind: draft.kind, state: 'waiting', writerId: writer.id, writerName: writer.name.slice(0, 300), reason, reviewers, details: draft.details, entryId: null, askedAt: at,
      decidedAt: null, decidedBy: null, version: 1,
    };
    await insertApproval(tx, workspaceId, approval);
    await insertStep(tx, workspaceId, approval.id, { number: 1, what: 'asked', personId: writer.id, personName: approval.writerName, remark: '', ...cleaned(draft), attachmentIds: [...draft.attachmentIds], at });
    if (writer.id !== null) await tickets.keepFiles(tx, draft.attachmentIds, writer.id);
    await emit(tx, workspaceId, { type: 'approval.asked', ticketId: ticket.id, subjectId: approval.id, actor: writer.actor, data: { approvalId: approval.id, reason, personIds }, at });
    return approval.id;
  }

  const gate: Gate = {
    async hold(tx, actor, ticket, outgoing, whole) {
      const [need] = await needs(tx, actor.workspaceId, ticket, { writer: writerOf(actor), channel: outgoing.kind === 'chat' ? 'chat' : 'email' });
      if (!need) return null;
      const name = (await people.peopleByIds(tx, [actor.id])).get(actor.id)?.name ?? '';
      return { heldAs: await keep(tx, actor.workspaceId, ticket, need, { id: actor.id, name, actor: { kind: 'person', id: actor.id } }, draftOf(await whole())) };
    },
    async stops(tx, workspaceId, ticket, by, channel) {
      for (const writer of new Set(['rule' as const, ...(by ? [writerOf(by)] : [])])) if ((await needs(tx, workspaceId, ticket, { writer, channel })).length > 0) return true;
      return false;
    },
  };

  return {
    needs, gate,

    /** A rule's answer, which waits as a reply of whoever approves it. Null when nothing wants that any more. */
    async keepOfRule(tx: Tx, workspaceId: string, ticket: TicketState, body: Body, by: Automaton, kind: 'reply' | 'chat' = 'reply'): Promise<string | null> {
      const [need] = await needs(tx, workspaceId, ticket, { writer: 'rule', channel: kind === 'chat' ? 'chat' : 'email' });
      return need ? keep(tx, workspaceId, ticket, need, { id: null, name: by.name, actor: { kind: 'system', id: by.id } }, { ...body, kind, details: {}, attachmentIds: [] }) : null;
    },
  };
}

/** A colleague writes to nobody, so they are not asked for. */
export const writerOf = ({ role }: Pick<Actor, 'role'>): (typeof WRITERS)[number] => (role === 'colleague' ? 'agent' : role);

function draftOf(outgoing: Outgoing): Draft {
  const { given } = outgoing;
  const body = { text: given.text, html: given.html, attachmentIds: given.attachmentIds };
  const wordsOf = outgoing.wordsOf?.length ? { wordsOf: outgoing.wordsOf } : {};
  if (outgoing.kind === 'forward') return { ...body, kind: 'forward', details: { to: given.to, cc: given.cc, entryId: outgoing.given.entryId, ...wordsOf } };
  const { to, cc, sendAt, status } = outgoing.given;
  return { ...body, kind: outgoing.kind, details: { to, cc, sendAt, status, ...wordsOf } };
}
