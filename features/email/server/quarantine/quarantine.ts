import type { Actor, Now } from '../../../../kernel/actor.ts';
import type { Page } from '../../../../kernel/contract.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import { newId } from '../../../../platform/db/ids.ts';
import type { Emit } from '../../../../platform/events/events.ts';
import type { Files } from '../../../../platform/files/files.ts';
import { decodeCursor, pageOfRows } from '../../../../platform/http/cursor.ts';
import type { Parser } from '../../../../platform/mail/parser.ts';
import { searchQuery } from '../../../../platform/search/stems.ts';
import { can, demand } from '../../../people/core/permissions.ts';
import type { DecisionCreate, DecisionView, QuarantineDetail, QuarantineItem, QuarantineSettings } from '../../core/quarantine-contract.ts';
import type { QuarantineReason } from '../../core/quarantine.ts';
import type { Lessons } from '../spam/lessons.ts';
import { existing, mailboxIdsOf, saveSettings, settingsOf, teamsOf, type OwnerRef, type Settings } from './digest-store.ts';
import { countHeld, decide, decisionExists, knownAmong, quarantinedMessage, quarantinePage, takeBack, type QuarantineRow, type Touched, type Wanted } from './store.ts';

/** So long a release can be taken back; then the message is filed. */
const UNDO_MS = 10_000;
/** Of one call; who wants more calls again. */
const AT_ONCE = 1_000;
const MAX_COUNT = 1_000;
/** What people decide about these teaches the spam filter. */
const TELLING: readonly QuarantineReason[] = ['spam', 'blocked_sender'];
const MAX_TEXT = 100_000;
const DAY_MS = 86_400_000;
/** Nothing is removed that was not announced so long before. */
export const NOTICE_MS = 3 * DAY_MS;

type Filter = { q?: string | undefined; reason?: QuarantineReason | undefined; ownerId?: string | undefined; state: 'held' | 'discarded'; until?: string };
export type Quarantine = ReturnType<typeof createQuarantine>;

/** What people may see of the messages that were held back, and what they decide about them. */
export function createQuarantine({ db, files, parser, teach, emit, now, machineNow }: {
  db: Database; files: Pick<Files, 'read'>; parser: Pick<Parser, 'parse'>; teach: Lessons['teach']; emit: Emit; now: Now; machineNow: Now;
}) {
  const maySeeCodes = (actor: Actor): boolean => can(actor, 'quarantine.codes');

  async function wantedBy(tx: Tx, actor: Actor, { q, reason, ownerId, state, until }: Filter): Promise<Wanted> {
    const query = q ? searchQuery(q) : null;
    // Signs alone find nothing: a search that says nothing must not mean everything.
    const isVain = Boolean(q) && query === null;
    return {
      state, reason, query: query && (query.prefix ?? query.exact), withCodes: maySeeCodes(actor),
      mailboxIds: isVain ? [] : ownerId === undefined ? null : await mailboxesOf(tx, actor.workspaceId, ownerId),
      ...(until !== undefined && { until: new Date(until) }),
    };
  }

  const tell = (tx: Tx, actor: Actor, type: 'quarantine.decided' | 'quarantine.undecided', decisionId: string, count: number): Promise<void> =>
    emit(tx, actor.workspaceId, { type, actor: { kind: 'person', id: actor.id }, data: { decisionId, count }, at: now() });

  /** What was held back for other reasons than its words says nothing about words. */
  async function learn(tx: Tx, actor: Actor, touched: readonly Touched[], kind: 'spam' | 'ham' | null): Promise<void> {
    const told = touched.filter(({ reason }) => TELLING.includes(reason)).map(({ id }) => id);
    if (told.length > 0) await teach(tx, actor.workspaceId, told, kind);
  }

  const toItem = (row: QuarantineRow, keepDays: number): QuarantineItem => ({
    id: row.id, state: row.state, reason: row.reason, words: row.words, from: row.sender, fromName: row.senderName, subject: row.subject, mailboxId: row.mailboxId,
    heldAt: row.heldAt.toISOString(), decidedAt: row.decidedAt?.toISOString() ?? null,
    decidedBy: row.decidedById === null ? null : { id: row.decidedById, name: row.decidedByName ?? '' },
    undoUntil: row.state === 'releasing' ? row.releaseAt?.toISOString() ?? null : null,
    purgeAt: row.announcedAt && new Date(Math.max(row.heldAt.getTime() + keepDays * DAY_MS, row.announcedAt.getTime() + NOTICE_MS)).toISOString(),
  });

  async function contentOf(workspaceId: string, sha256: string, isThere: boolean): Promise<Pick<QuarantineDetail, 'text' | 'attachments'>> {
    const raw = isThere ? await db.work(workspaceId, (tx) => files.read(tx, workspaceId, sha256)) : null;
    const understood = raw && await parser.parse(raw);
    if (!understood || 'error' in understood) return { text: null, attachments: [] };
    const { text, quoted, attachments } = understood.mail;
    return {
      text: [text, quoted].filter((part) => part !== '').join('\n\n').slice(0, MAX_TEXT).toWellFormed(),
      attachments: attachments.map(({ name, contentType, bytes }) => ({ name, contentType, size: bytes.byteLength })),
    };
  }

  return {
    async list(actor: Actor, { limit, cursor, ...filter }: Filter & { limit: number; cursor?: string | undefined }): Promise<Page<QuarantineItem>> {
      demand(actor, 'quarantine.read');
      return db.work(actor.workspaceId, async (tx) => {
        const { keepDays } = await settingsOf(tx, actor.workspaceId);
        const rows = await quarantinePage(tx, actor.workspaceId, await wantedBy(tx, actor, filter), limit + 1, cursor ? decodeCursor(cursor, ['time', 'id']) : null);
        return pageOfRows(rows, limit, (row) => [row.heldAt.toISOString(), row.id], (row) => toItem(row, keepDays));
      });
    },

    async count(actor: Actor): Promise<{ count: number; isMore: boolean }> {
      demand(actor, 'quarantine.read');
      const count = await db.work(actor.workspaceId, (tx) => countHeld(tx, actor.workspaceId, { withCodes: maySeeCodes(actor), max: MAX_COUNT }));
      return { count, isMore: count === MAX_COUNT };
    },

    /** The message in plain text. Nothing in it is fetched, run or linked. */
    async get(actor: Actor, id: string): Promise<QuarantineDetail> {
      demand(actor, 'quarantine.read');
      const { row, keepDays } = await db.work(actor.workspaceId, async (tx) => ({
        row: await quarantinedMessage(tx, actor.workspaceId, id), keepDays: (await settingsOf(tx, actor.workspaceId)).keepDays,
      }));
      if (!row || (row.reason === 'verification_code' && row.state !== 'released' && !maySeeCodes(actor))) {
        throw new AppError('not_found', 'quarantine.not_found', 'There is no such message in the quarantine.');
      }
      const { to, size, receivedAt, verdict, ticketId } = row;
      return {
        ...toItem(row, keepDays), to, size, receivedAt: receivedAt.toISOString(), verdict, ticketId,
        ...await contentOf(actor.workspaceId, row.sha256, row.state !== 'purged'),
      };
    },

    /** Released messages are filed when the time to take that back is over; discarded ones stay until they are removed. */
    async decide(actor: Actor, { id: decisionId = newId(), verb, ...about }: DecisionCreate): Promise<DecisionView> {
      demand(actor, 'quarantine.decide');
      return db.work(actor.workspaceId, async (tx) => {
        const releaseAt = verb === 'release' ? new Date(machineNow().getTime() + UNDO_MS) : null;
        const what = 'ids' in about ? [...new Set(about.ids)] : await wantedBy(tx, actor, about.filter);
        if (Array.isArray(what) && await knownAmong(tx, actor.workspaceId, what, maySeeCodes(actor)) < what.length) {
          throw new AppError('not_found', 'quarantine.not_found', 'At least one of these messages is not in the quarantine.');
        }
        const touched = await decide(tx, actor.workspaceId, what, { decisionId, by: actor.id, at: now(), releaseAt }, AT_ONCE);
        await learn(tx, actor, touched, verb === 'release' ? 'ham' : 'spam');
        if (touched.length > 0) await tell(tx, actor, 'quarantine.decided', decisionId, touched.length);
        return { id: decisionId, count: touched.length, hasMore: touched.length === AT_ONCE, undoUntil: releaseAt?.toISOString() ?? null };
      });
    },

    /** What was released waits again while it is not filed, what was discarded while it is not removed. */
    async undo(actor: Actor, decisionId: string): Promise<DecisionView> {
      demand(actor, 'quarantine.decide');
      return db.work(actor.workspaceId, async (tx) => {
        if (!await decisionExists(tx, actor.workspaceId, decisionId, maySeeCodes(actor))) throw new AppError('not_found', 'quarantine.no_decision', 'There is nothing left of this decision.');
        const touched = await takeBack(tx, actor.workspaceId, decisionId, maySeeCodes(actor), AT_ONCE);
        if (touched.length === 0) throw new AppError('conflict', 'quarantine.too_late', 'These messages have become tickets, or are gone; open the tickets instead.');
        await learn(tx, actor, touched, null);
        await tell(tx, actor, 'quarantine.undecided', decisionId, touched.length);
        return { id: decisionId, count: touched.length, hasMore: touched.length === AT_ONCE, undoUntil: null };
      });
    },

    async settings(actor: Actor): Promise<QuarantineSettings> {
      demand(actor, 'quarantine.read');
      return db.work(actor.workspaceId, async (tx) => toSettings(await settingsOf(tx, actor.workspaceId)));
    },

    async configure(actor: Actor, wished: QuarantineSettings): Promise<QuarantineSettings> {
      demand(actor, 'mailboxes.manage');
      return db.work(actor.workspaceId, async (tx) => {
        const owners = [wished.owner, ...wished.mailboxes.map(({ owner }) => owner)];
        const named = { people: given(owners, 'personId'), teams: given(owners, 'teamId'), mailboxes: wished.mailboxes.map(({ mailboxId }) => mailboxId) };
        const there = await existing(tx, actor.workspaceId, named);
        if ([...named.people, ...named.teams, ...named.mailboxes].some((id) => !there.has(id))) {
          throw new AppError('invalid', 'quarantine.no_such_owner', 'Name people who lead or administrate, teams and mailboxes that exist.');
        }
        // A mailbox without an owner of its own is looked after by the workspace's.
        const single = new Map(wished.mailboxes.map((one) => [one.mailboxId, one]));
        const mailboxes = [...single.values()].filter(({ owner }) => owner.personId !== null || owner.teamId !== null);
        const at = now();
        await saveSettings(tx, actor.workspaceId, { ...wished, mailboxes }, at);
        await emit(tx, actor.workspaceId, { type: 'quarantine.configured', actor: { kind: 'person', id: actor.id }, data: { keepDays: wished.keepDays, digestHour: wished.digestHour }, at });
        return toSettings({ ...wished, mailboxes });
      });
    },
  };
}

const given = (owners: readonly OwnerRef[], which: keyof OwnerRef): string[] => owners.flatMap((owner) => owner[which] ?? []);

const toSettings = ({ keepDays, digestHour, owner, mailboxes }: Settings): QuarantineSettings => ({ keepDays, digestHour, owner, mailboxes: [...mailboxes] });

/** The mailboxes whose quarantine a person or a team looks after, the person's teams included. */
async function mailboxesOf(tx: Tx, workspaceId: string, ownerId: string): Promise<string[]> {
  const settings = await settingsOf(tx, workspaceId);
  const wanted = new Set([ownerId, ...await teamsOf(tx, workspaceId, ownerId)]);
  const isTheirs = ({ personId, teamId }: OwnerRef): boolean => wanted.has(personId ?? teamId ?? '');
  const single = new Map(settings.mailboxes.map(({ mailboxId, owner }) => [mailboxId, owner]));
  return (await mailboxIdsOf(tx, workspaceId)).filter((id) => isTheirs(single.get(id) ?? settings.owner));
}
