import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { textOfHtml } from '../../../platform/html/reading.ts';
import { isCopy } from '../core/copies.ts';
import { MOST_SHARED, type DraftWriter, type SharedDraftChange, type SharedDraftCreate, type SharedDraftView } from '../core/shared-draft.ts';
import type { TicketState } from '../core/ticket.ts';
import { safeHtml } from './bodies.ts';
import { byPerson, type Context } from './context.ts';
import { attachmentsById, keepAttachments, usableAttachments } from './entries-store.ts';
import { presentAttachment } from './present.ts';
import {
  countOpen, endShared, findShown, insertShared, lockShared, openDrafts, reopenShared, saveShared, tracedOn, type Body, type SharedDraft, type ShownDraft,
} from './shared-draft-store.ts';
import { isTeam } from './store.ts';

const TELL_AGAIN_MS = 15_000;
export type SharedDrafts = ReturnType<typeof createSharedDrafts>;

const notFound = () => new AppError('not_found', 'draft.not_found', 'There is no such draft.');
/** Of their team, or of everybody who answers; who began it always. Nobody else, whatever their role. */
const isFor = (actor: Actor, { audience, teamId, authorId }: Pick<SharedDraft, 'audience' | 'teamId' | 'authorId'>): boolean =>
  authorId === actor.id || audience === 'ticket' || (teamId !== null && actor.teamIds.includes(teamId));

/** Drafts of replies on which several people write, one after the other: no locks, and whoever writes on what another has changed meanwhile is shown both. */
export function createSharedDrafts(context: Context) {
  const nameOf = async (tx: Tx, id: string): Promise<string> => (await tx.selectFrom('people').select('name').where('id', '=', id).executeTakeFirst())?.name ?? '';
  const tell = (tx: Tx, actor: Actor, type: `draft.${string}`, { id, ticketId, audience, teamId, authorId }: Pick<SharedDraft, 'id' | 'ticketId' | 'audience' | 'teamId' | 'authorId'>): Promise<void> =>
    context.emit(tx, actor.workspaceId, { type, ticketId, subjectId: id, actor: byPerson(actor), data: { draftId: id, authorId, ...(audience === 'team' && { teamId: teamId ?? '' }) }, at: context.now() });

  async function present(tx: Tx, drafts: readonly ShownDraft[]): Promise<SharedDraftView[]> {
    const files = await attachmentsById(tx, drafts.flatMap(({ body }) => body.attachmentIds));
    return drafts.map((draft) => {
      const attachments = draft.body.attachmentIds.flatMap((id) => files.filter((file) => file.id === id)).map(presentAttachment);
      const { html, to, cc } = draft.body;
      return {
        id: draft.id, ticketId: draft.ticketId, audience: draft.audience, team: draft.teamId === null ? null : { id: draft.teamId, name: draft.teamName ?? '' }, author: { id: draft.authorId, name: draft.authorName },
        writers: [...draft.writers], editedBy: { id: draft.editedBy, name: draft.editorName }, editedAt: draft.editedAt.toISOString(), sharedAt: draft.sharedAt.toISOString(),
        body: { html, ...(to && { to: [...to] }), ...(cc && { cc: [...cc] }), attachmentIds: attachments.map(({ id }) => id) }, attachments, version: draft.version,
      };
    });
  }

  async function view(tx: Tx, id: string): Promise<SharedDraftView> {
    const found = await findShown(tx, id);
    if (!found) throw notFound();
    return (await present(tx, [found]))[0]!;
  }

  /** Locked, its ticket before it, and open to this person. */
  async function access(tx: Tx, actor: Actor, id: string): Promise<SharedDraft> {
    const found = await findShown(tx, id);
    if (!found || !isFor(actor, found)) throw notFound();
    await context.accessLive(tx, found.ticketId);
    const draft = await lockShared(tx, id);
    if (!draft || draft.ticketId !== found.ticketId || !isFor(actor, draft)) throw notFound();
    return draft;
  }

  async function demandOpen(tx: Tx, { outcome, endedBy }: SharedDraft): Promise<void> {
    if (outcome === null) return;
    const name = endedBy === null ? '' : await nameOf(tx, endedBy);
    throw new AppError('conflict', 'draft.ended', outcome === 'discarded' ? `${name} put this draft away.` : `${name} sent this draft already.`, { outcome, by: name });
  }

  async function demandVersion(tx: Tx, draft: SharedDraft, version: number): Promise<void> {
    await demandOpen(tx, draft);
    if (draft.version === version) return;
    throw new AppError('conflict', 'draft.changed_meanwhile', 'Somebody else changed the draft meanwhile; look at both texts.', { draft: await view(tx, draft.id) });
  }

  /** As it could be sent. Files of the draft are everybody's who writes on it; others are their own, or lie on the ticket. */
  async function bodyOf(tx: Tx, actor: Actor, ticketId: string, { html, to, cc, attachmentIds }: Body, before: readonly string[]): Promise<Body> {
    const ids = [...new Set(attachmentIds)];
    const added = ids.filter((id) => !before.includes(id));
    const usable = added.length === 0 ? [] : await usableAttachments(tx, added, actor.id, ticketId);
    if (usable.length < added.length) throw new AppError('invalid', 'attachment.not_found', 'One of the attachments is not there any more; attach it again.');
    await keepAttachments(tx, added, { kept: true });
    await keepAttachments(tx, before.filter((id) => !ids.includes(id)), { kept: false });
    return { html: safeHtml(html).safe, ...(to && { to }), ...(cc && { cc }), attachmentIds: ids };
  }

  async function withWriter(tx: Tx, writers: readonly DraftWriter[], actor: Actor): Promise<readonly DraftWriter[]> {
    return writers.some(({ id }) => id === actor.id) ? writers : [...writers, { id: actor.id, name: await nameOf(tx, actor.id) }];
  }

  return {
    sharedDrafts: (actor: Actor, ticketId: string): Promise<SharedDraftView[]> =>
      context.work(actor, 'tickets.reply', async (tx) => {
        await context.look(tx, ticketId);
        return present(tx, (await openDrafts(tx, ticketId)).filter((draft) => isFor(actor, draft)));
      }),

    sharedDraft: (actor: Actor, id: string): Promise<SharedDraftView> =>
      context.work(actor, 'tickets.reply', async (tx) => {
        const found = await findShown(tx, id);
        if (!found || !isFor(actor, found)) throw notFound();
        await demandOpen(tx, found);
        return (await present(tx, [found]))[0]!;
      }),

    shareDraft: (actor: Actor, ticketId: string, { teamId, ...given }: SharedDraftCreate): Promise<SharedDraftView> =>
      context.work(actor, 'tickets.reply', async (tx) => {
        await context.accessLive(tx, ticketId);
        if (teamId !== undefined && !await isTeam(tx, teamId)) throw new AppError('invalid', 'draft.no_such_team', 'There is no such team.');
        if (await countOpen(tx, ticketId) >= MOST_SHARED) throw new AppError('conflict', 'draft.too_many', `${MOST_SHARED} drafts are shared on a ticket at most; send or discard one of them first.`);
        const at = context.now();
        const draft: SharedDraft = {
          id: newId(), ticketId, audience: teamId === undefined ? 'ticket' : 'team', teamId: teamId ?? null, authorId: actor.id, writers: await withWriter(tx, [], actor),
          body: await bodyOf(tx, actor, ticketId, given, []), version: 1, editedBy: actor.id, editedAt: at, toldAt: at, sharedAt: at, outcome: null, endedBy: null,
        };
        await insertShared(tx, actor.workspaceId, draft);
        await tx.deleteFrom('drafts').where('person_id', '=', actor.id).where('kind', '=', 'reply').where('ticket_id', '=', ticketId).execute();
        await tell(tx, actor, 'draft.shared', draft);
        return view(tx, draft.id);
      }),

    changeSharedDraft: (actor: Actor, id: string, { version, ...given }: SharedDraftChange): Promise<SharedDraftView> =>
      context.work(actor, 'tickets.reply', async (tx) => {
        const draft = await access(tx, actor, id);
        await demandVersion(tx, draft, version);
        const at = context.now();
        const isNews = draft.editedBy !== actor.id || at.getTime() - draft.toldAt.getTime() >= TELL_AGAIN_MS;
        const body = await bodyOf(tx, actor, draft.ticketId, given, draft.body.attachmentIds);
        await saveShared(tx, { ...draft, body, version: version + 1, writers: await withWriter(tx, draft.writers, actor), editedBy: actor.id, editedAt: at, toldAt: isNews ? at : draft.toldAt });
        if (isNews) await tell(tx, actor, 'draft.edited', draft);
        return view(tx, id);
      }),

    /** Out of sight for everybody; whoever saw it can bring it back. */
    setDraftDiscarded: (actor: Actor, id: string, isDiscarded: boolean): Promise<void> =>
      context.work(actor, 'tickets.reply', async (tx) => {
        const draft = await access(tx, actor, id);
        if (isDiscarded === (draft.outcome === 'discarded')) return;
        if (isDiscarded) await demandOpen(tx, draft);
        else if (draft.outcome !== 'discarded') return;
        await (isDiscarded ? endShared(tx, id, { outcome: 'discarded', by: actor.id, at: context.now(), entryId: null }) : reopenShared(tx, { id }));
        await keepAttachments(tx, draft.body.attachmentIds, { kept: !isDiscarded });
        await tell(tx, actor, isDiscarded ? 'draft.discarded' : 'draft.restored', draft);
      }),

    /** Of who sends it, on a ticket that they have locked: its files are theirs to send from now on. Returns those whose words stand in it besides. */
    async takeShared(tx: Tx, actor: Actor, ticket: TicketState, { id, version }: { id: string; version: number }): Promise<readonly DraftWriter[]> {
      const draft = await lockShared(tx, id);
      if (!draft || !isFor(actor, draft)) throw notFound();
      if (draft.ticketId !== ticket.id) throw new AppError('conflict', 'draft.elsewhere', 'This draft belongs to another ticket.');
      await demandVersion(tx, draft, version);
      await keepAttachments(tx, draft.body.attachmentIds, { kept: true, uploadedBy: actor.id });
      return draft.writers.filter((writer) => writer.id !== actor.id);
    },

    /** Those besides this person whose words have stood in a shared draft of the ticket from which a good part of this text is: it may be sent without naming the draft. */
    async writersCopied(tx: Tx, ticketId: string, writerId: string | null, { text, html }: { text?: string | undefined; html?: string | undefined }): Promise<DraftWriter[]> {
      // Both leave: programs that show plain text show the one, all others the other.
      const words = [text ?? '', textOfHtml(html ?? '')];
      const drafts = (await tracedOn(tx, ticketId)).filter(({ traces }) => words.some((one) => isCopy(one, traces)));
      return [...new Map(drafts.flatMap(({ writers }) => writers).map((one) => [one.id, one])).values()].filter(({ id }) => id !== writerId);
    },

    async sentShared(tx: Tx, actor: Actor, ticket: TicketState, id: string, entryId: string | null): Promise<void> {
      await endShared(tx, id, { outcome: entryId === null ? 'held' : 'sent', by: actor.id, at: context.now(), entryId });
      const draft = await lockShared(tx, id);
      if (draft) await tell(tx, actor, 'draft.sent', { ...draft, ticketId: ticket.id });
    },
  };
}
