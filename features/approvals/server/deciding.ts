import type { Actor, Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { stateOf } from '../../people/core/person.ts';
import type { People } from '../../people/server/people.ts';
import { ReplyCreate } from '../../tickets/core/contract.ts';
import type { Outgoing, Tickets } from '../../tickets/server/tickets.ts';
import { demandVersion } from '../core/approval.ts';
import type { Approving, Resubmitting, Returning } from '../core/contract.ts';
import { cleaned } from './keeping.ts';
import { isWriter, type Reviewing } from './reviewing.ts';
import { findApproval, insertStep, saveApproval, stepsOf, type Listed, type Step } from './store.ts';

type Words = { readonly text?: string | undefined; readonly html?: string | undefined };

/** What becomes of an answer that waits, in the caller's unit of work. */
export function createDeciding({ now, emit, tickets, people, reviewing }: {
  now: Now; emit: Emit; tickets: Pick<Tickets, 'hold' | 'deliver' | 'keepFiles' | 'releaseFiles' | 'writersCopied'>; people: Pick<People, 'peopleByIds'>; reviewing: Reviewing;
}) {
  const absent = () => new AppError('not_found', 'approval.not_found', 'There is no such approval.');

  /** Its ticket locked first, then read. */
  async function lock(tx: Tx, actor: Actor, id: string): Promise<Listed> {
    const seen = await findApproval(tx, actor.workspaceId, id);
    if (!seen) throw absent();
    await tickets.hold(tx, seen.ticketId);
    const approval = await findApproval(tx, actor.workspaceId, id);
    if (!approval) throw absent();
    return approval;
  }

  async function demandReviewer(tx: Tx, actor: Actor, approval: Listed): Promise<void> {
    if (await reviewing.mayDecide(tx, actor, approval, approval.teamId)) return;
    throw new AppError('forbidden', 'approval.not_yours', isWriter(approval, actor.id) ? 'Somebody else has to approve what you wrote.' : 'This is for others to approve.');
  }

  const nameOf = async (tx: Tx, id: string): Promise<string> => (await people.peopleByIds(tx, [id])).get(id)?.name ?? '';

  /** The words as they are now; another step is only ever added. */
  async function step(tx: Tx, actor: Actor, approval: Listed, what: Step['what'], { remark, words }: { remark: string; words?: Words }): Promise<Step> {
    const steps = await stepsOf(tx, actor.workspaceId, [approval.id]);
    const last = steps.at(-1)!;
    const body = words && (words.text?.trim() || words.html?.trim()) ? cleaned(words) : { text: last.text, html: last.html };
    const next: Step = { number: last.number + 1, what, personId: actor.id, personName: await nameOf(tx, actor.id), remark, ...body, attachmentIds: last.attachmentIds, at: now() };
    await insertStep(tx, actor.workspaceId, approval.id, next);
    return next;
  }

  const tell = (tx: Tx, actor: Actor, word: 'asked' | 'returned' | 'approved' | 'withdrawn', { id, ticketId, reason }: Listed, data: { readonly [key: string]: string | boolean | string[] }): Promise<void> =>
    emit(tx, actor.workspaceId, { type: `approval.${word}`, ticketId, subjectId: id, actor: { kind: 'person', id: actor.id }, data: { approvalId: id, reason, ...data }, at: now() });

  /** In whose name it leaves: the writer's while they are here, else of whoever approves it. */
  async function authorOf(tx: Tx, actor: Actor, { writerId, id }: Listed): Promise<Actor> {
    const writer = writerId === null ? undefined : (await people.peopleByIds(tx, [writerId])).get(writerId);
    if (!writer || stateOf(writer) !== 'active') return actor;
    return { id: writer.id, workspaceId: actor.workspaceId, role: writer.role, teamIds: [], credential: { kind: 'token', id }, scopes: null };
  }

  return {
    async approve(tx: Tx, actor: Actor, id: string, { version, remark, ...words }: Approving): Promise<void> {
      const approval = await lock(tx, actor, id);
      await demandReviewer(tx, actor, approval);
      demandVersion(approval, ['waiting'], version);
      const isEdited = Boolean(words.text?.trim() || words.html?.trim());
      if (isEdited) await step(tx, actor, approval, 'edited', { remark: '', words });
      const final = await step(tx, actor, approval, 'approved', { remark });
      const ticket = await tickets.hold(tx, approval.ticketId);
      const author = await authorOf(tx, actor, approval);
      await tickets.keepFiles(tx, final.attachmentIds, author.id);
      const entry = await tickets.deliver(tx, author, ticket, outgoingOf(approval, final), now());
      await saveApproval(tx, actor.workspaceId, id, { state: 'approved', entryId: entry.id, decidedAt: now(), decidedBy: actor.id, version: version + 1 });
      await tell(tx, actor, 'approved', approval, { entryId: entry.id, edited: isEdited, personIds: writers(approval) });
    },

    async returnBack(tx: Tx, actor: Actor, id: string, { version, remark }: Returning): Promise<void> {
      const approval = await lock(tx, actor, id);
      await demandReviewer(tx, actor, approval);
      demandVersion(approval, ['waiting'], version);
      await step(tx, actor, approval, 'returned', { remark });
      // Nobody is there to mend what a rule wrote.
      await saveApproval(tx, actor.workspaceId, id, { state: approval.writerId === null ? 'withdrawn' : 'returned', version: version + 1, decidedAt: now(), decidedBy: actor.id });
      await tell(tx, actor, 'returned', approval, { personIds: writers(approval) });
    },

    async resubmit(tx: Tx, actor: Actor, id: string, { version, remark, ...words }: Resubmitting): Promise<void> {
      const approval = await lock(tx, actor, id);
      if (actor.id !== approval.writerId) throw new AppError('forbidden', 'approval.not_yours', 'Only who wrote it changes it; a reviewer changes it while approving.');
      demandVersion(approval, ['waiting', 'returned'], version);
      const { text, html } = await step(tx, actor, approval, 'edited', { remark, words });
      const copied = await tickets.writersCopied(tx, approval.ticketId, approval.writerId, { text, html: html ?? undefined });
      const wordsOf = [...new Map([...approval.details.wordsOf ?? [], ...copied].map((one) => [one.id, one])).values()];
      const details = { ...approval.details, ...(wordsOf.length > 0 && { wordsOf }) };
      await saveApproval(tx, actor.workspaceId, id, { state: 'waiting', version: version + 1, decidedAt: null, decidedBy: null, details });
      await tell(tx, actor, 'asked', approval, { personIds: await reviewing.whom(tx, { ...approval, details }, approval.teamId) });
    },

    async withdraw(tx: Tx, actor: Actor, id: string): Promise<void> {
      const approval = await lock(tx, actor, id);
      if (actor.id !== approval.writerId) await demandReviewer(tx, actor, approval);
      demandVersion(approval, ['waiting', 'returned'], approval.version);
      const { attachmentIds } = await step(tx, actor, approval, 'withdrawn', { remark: '' });
      await tickets.releaseFiles(tx, attachmentIds);
      await saveApproval(tx, actor.workspaceId, id, { state: 'withdrawn', version: approval.version + 1, decidedAt: now(), decidedBy: actor.id });
      await tell(tx, actor, 'withdrawn', approval, {});
    },
  };
}

const writers = ({ writerId }: Listed): string[] => (writerId === null ? [] : [writerId]);

function outgoingOf({ kind, details }: Listed, { text, html, attachmentIds }: Step): Outgoing {
  const body = { text, ...(html !== null && { html }), attachmentIds };
  const { to, cc, sendAt, status, entryId } = details;
  const people = { ...(to && { to: [...to] }), ...(cc && { cc: [...cc] }) };
  if (kind === 'forward') return { kind, given: { ...body, to: [...to ?? []], ...(cc && { cc: [...cc] }), entryId: entryId ?? '' } };
  return { kind, wordsOf: details.wordsOf, given: { ...ReplyCreate.parse({ ...body, channel: kind === 'chat' ? 'chat' : 'email', ...(sendAt && { sendAt }), ...(status && { status }) }), ...people } };
}
