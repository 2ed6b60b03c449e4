import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import { textIn } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { dueRows, type DueWork } from '../../../platform/jobs/due.ts';
import { isPlainAddress, newMessageId } from '../../../platform/mail/header.ts';
import { demand } from '../../people/core/permissions.ts';
import { noticeLetter } from '../core/letters.ts';
import { MOST_CUSTOMERS, UNDO_MS, type AudienceRequest, type AudienceView, type NoticeCreate, type NoticeView, type SKIPPED } from '../core/notices-contract.ts';
import { createChoosing } from './choosing.ts';
import { byPerson, type StatusDeps } from './context.ts';
import { dueLetters, endLetter, findNotice, insertNotice, isAddressed, letterCounts, lockNotice, noticePage, stopNotice, takeNoticeLetter, type Count, type DueLetter, type Notice, type NoticeLetter } from './notices-store.ts';

const LIST = 'notices';
type Skipped = (typeof SKIPPED)[number];
type Way = { readonly address: string } | { readonly skipped: Skipped };

const gone = (): AppError => new AppError('not_found', 'notice.not_found', 'There is no such notice.');

/** Mail to those customers whom a change touches, each once and in their language; it can be taken back before it leaves, and stopped on the way. */
export function createNotices(deps: StatusDeps) {
  const { db, now, machineNow, emit, outbox, workspaces, customers, email, log } = deps;
  const choose = createChoosing(deps);

  const work = <T>(actor: Actor, act: (tx: Tx, workspaceId: string) => Promise<T>): Promise<T> => {
    demand(actor, 'status.manage');
    return db.work(actor.workspaceId, (tx) => act(tx, actor.workspaceId));
  };
  const audience = async (tx: Tx, workspaceId: string, { condition, shelves }: AudienceRequest, most: number) =>
    choose(tx, workspaceId, condition, { shelves: shelves === 'all' ? ['active', 'done'] : ['active'], most }, ({ customerId }) => customerId);
  const views = async (tx: Tx, workspaceId: string, all: readonly Notice[]): Promise<NoticeView[]> => {
    const counts = await letterCounts(tx, workspaceId, all.map(({ id }) => id));
    return all.map((notice) => viewOf(notice, counts.filter(({ noticeId }) => noticeId === notice.id), machineNow()));
  };
  const changed = (tx: Tx, actor: Actor, subjectId: string): Promise<void> => emit(tx, actor.workspaceId, { type: 'status.changed', subjectId, actor: byPerson(actor), at: now() });

  async function wayTo(tx: Tx, workspaceId: string, noticeId: string, customer: Awaited<ReturnType<typeof customers.known>>): Promise<Way> {
    const address = customer?.email ?? '';
    if (!isPlainAddress(address)) return { skipped: 'no_address' };
    if (await email.isOurs(tx, workspaceId, address)) return { skipped: 'ours' };
    if ((await email.suppressions.among(tx, workspaceId, [address])).length > 0) return { skipped: 'undeliverable' };
    if ((await email.unsubscribing.among(tx, workspaceId, LIST, [address])).size > 0) return { skipped: 'unsubscribed' };
    return await isAddressed(tx, workspaceId, noticeId, address.toLowerCase()) ? { skipped: 'same_address' } : { address };
  }

  async function write(tx: Tx, workspaceId: string, { titles, texts }: Notice, address: string, language: NoticeLetter['language']): Promise<void> {
    const company = await workspaces.get(workspaceId);
    const text = textIn(texts, [language, company.language])!;
    const from = await email.writesFrom(tx, workspaceId);
    await outbox.queue(tx, workspaceId, {
      purpose: 'bulk', messageId: newMessageId(from.address), from, to: [{ name: '', address }],
      ...noticeLetter({ language: text.language, title: textIn(titles, [text.language, language, company.language])?.text ?? '', text: text.text, company: company.name }), notBefore: machineNow(), envelopeFrom: '',
      headers: { ...email.unsubscribing.headersFor({ workspaceId, list: LIST, address, language: text.language }), 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    });
  }

  const due: DueWork = dueRows<DueLetter>({
    name: 'notices to customers', log, machineNow, find: (_now, limit) => dueLetters(db.owner, machineNow(), limit), idOf: ({ id }) => id,
    handle: ({ workspaceId, id }) => db.work(workspaceId, async (tx) => {
      const letter = await takeNoticeLetter(tx, workspaceId, id);
      const notice = letter && await findNotice(tx, workspaceId, letter.noticeId);
      if (!notice) return;
      const customer = await customers.known(tx, letter.customerId);
      const way = await wayTo(tx, workspaceId, notice.id, customer);
      if ('address' in way) await write(tx, workspaceId, notice, way.address, customer?.language ?? letter.language);
      await endLetter(tx, workspaceId, id, { at: machineNow(), skipped: 'skipped' in way ? way.skipped : null, addressKey: 'address' in way ? way.address.toLowerCase() : null });
    }),
  });

  return {
    due,

    audience: (actor: Actor, given: AudienceRequest): Promise<AudienceView> => work(actor, async (tx, workspaceId) => {
      const found = await audience(tx, workspaceId, given, MOST_CUSTOMERS + 1);
      return { customers: Math.min(found.length, MOST_CUSTOMERS), more: found.length > MOST_CUSTOMERS };
    }),

    send: (actor: Actor, { titles, texts, most, ...given }: NoticeCreate): Promise<NoticeView> => work(actor, async (tx, workspaceId) => {
      const found = await audience(tx, workspaceId, given, most + 1);
      if (found.length === 0) throw new AppError('conflict', 'notice.nobody', 'There is nobody whom this touches; choose otherwise.');
      if (found.length > most) throw new AppError('conflict', 'notice.too_many', `It would reach more than ${most} customers; look at the number again, and allow so many or choose fewer.`, { most });
      const at = now();
      const notice: Notice = { id: newId(), titles, texts, ...given, chosen: found.length, leavesAt: new Date(machineNow().getTime() + UNDO_MS), stoppedAt: null, createdAt: at };
      await insertNotice(tx, workspaceId, notice, actor.id, found.map(({ customerId, language }) => ({ customerId, language })));
      await changed(tx, actor, notice.id);
      return (await views(tx, workspaceId, [notice]))[0]!;
    }),

    list: (actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<NoticeView>> => work(actor, async (tx, workspaceId) => {
      const rows = await noticePage(tx, workspaceId, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']));
      const cut = pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.id], (row) => row);
      return { items: await views(tx, workspaceId, cut.items), nextCursor: cut.nextCursor };
    }),

    /** Nothing more of it leaves; before it began, nothing at all. Harmless twice. */
    withdraw: (actor: Actor, id: string): Promise<NoticeView> => work(actor, async (tx, workspaceId) => {
      const notice = await lockNotice(tx, workspaceId, id);
      if (!notice) throw gone();
      if (notice.stoppedAt === null) {
        await stopNotice(tx, workspaceId, id, machineNow());
        await changed(tx, actor, id);
      }
      return (await views(tx, workspaceId, [(await findNotice(tx, workspaceId, id))!]))[0]!;
    }),
  };
}

function viewOf({ id, titles, texts, condition, shelves, chosen, leavesAt, stoppedAt, createdAt }: Notice, counts: readonly Count[], at: Date): NoticeView {
  const sum = (of: (count: Count) => boolean): number => counts.filter(of).reduce((all, { count }) => all + count, 0);
  const written = sum(({ isDone, skipped }) => isDone && skipped === null);
  return {
    id, titles, texts, condition: condition as NoticeView['condition'], shelves, chosen, written, state: stateOf({ stoppedAt, leavesAt }, { at, written, left: sum(({ isDone }) => !isDone) }),
    skipped: Object.fromEntries(counts.flatMap(({ skipped, count }) => (skipped === null ? [] : [[skipped, count]]))), leavesAt: leavesAt.toISOString(), stoppedAt: stoppedAt?.toISOString() ?? null, createdAt: createdAt.toISOString(),
  };
}

function stateOf({ stoppedAt, leavesAt }: Pick<Notice, 'stoppedAt' | 'leavesAt'>, { at, written, left }: { at: Date; written: number; left: number }): NoticeView['state'] {
  if (stoppedAt !== null) return written === 0 ? 'taken_back' : 'stopped';
  if (left === 0) return 'sent';
  return at < leavesAt ? 'waiting' : 'sending';
}
