import type { z } from 'zod';
import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { isPlainAddress } from '../../../platform/mail/header.ts';
import { demand, type Permission } from '../../people/core/permissions.ts';
import { READY_MADE, type Words } from '../core/acknowledgement.ts';
import { addressKey, splitPlus } from '../core/addresses.ts';
import type { Sources } from './sources/sources.ts';
import type { MailboxCreate, MailboxPatch, MailboxView } from '../core/contract.ts';
import { sendingWithout } from './oauth/store.ts';
import {
  disabledMailbox, disableMailbox, insertMailbox, isMailbox, lockMailbox, mailboxPage, saveMailbox, teamExists, type Mailbox,
} from './store.ts';

/** Where mail programs and relays deliver; a function, since the system may choose the port at the start. */
export type SmtpPlace = () => { host: string; port: number };

export function createMailboxes({ db, now, emit, smtp, sources }: { db: Database; now: Now; emit: Emit; smtp: SmtpPlace; sources: Pick<Sources, 'states'> }) {
  const work = <T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, permission);
    return db.work(actor.workspaceId, act);
  };

  /** How fetching and sending go is asked for all of them at once. */
  async function views(tx: Tx, workspaceId: string, mailboxes: readonly Mailbox[]): Promise<(mailbox: Mailbox) => MailboxView> {
    const ids = mailboxes.map(({ id }) => id);
    const [states, waiting] = await Promise.all([sources.states(tx, workspaceId, ids), sendingWithout(tx, workspaceId, ids)]);
    return ({ createdAt: _createdAt, ...mailbox }) => ({ ...mailbox, smtp: smtp(), source: states.get(mailbox.id) ?? null, sendingWaits: waiting.has(mailbox.id) });
  }

  const show = async (tx: Tx, workspaceId: string, mailbox: Mailbox): Promise<MailboxView> => (await views(tx, workspaceId, [mailbox]))(mailbox);

  const tell = (tx: Tx, workspaceId: string, id: string, what: 'created' | 'changed' | 'disabled', actor: Actor | null): Promise<void> =>
    emit(tx, workspaceId, {
      type: `mailbox.${what}`, subjectId: id, actor: actor ? { kind: 'person', id: actor.id } : { kind: 'system', id: null }, at: now(),
    });

  async function checkTeam(tx: Tx, workspaceId: string, teamId: string | null | undefined): Promise<void> {
    if (teamId && !await teamExists(tx, workspaceId, teamId)) throw new AppError('invalid', 'mailbox.no_such_team', 'There is no such team.');
  }

  /** A copy that came in again would be a ticket, and its acknowledgement another copy. */
  async function checkCopies(tx: Tx, workspaceId: string, { address, replyTo, archive }: Mailbox): Promise<void> {
    for (const one of [replyTo, archive]) if (one !== '') checkPlain(one);
    const key = addressKey(splitPlus(archive).base);
    if (archive !== '' && (key === addressKey(address) || await isMailbox(tx, workspaceId, key))) {
      throw new AppError('invalid', 'mailbox.archive_is_mailbox', 'Copies cannot go to a mailbox of yours: each would become a ticket. Name an address outside.', { field: 'archive' });
    }
  }

  async function access(tx: Tx, workspaceId: string, id: string): Promise<Mailbox> {
    const mailbox = await lockMailbox(tx, workspaceId, id);
    if (!mailbox) throw new AppError('not_found', 'mailbox.not_found', 'There is no such mailbox.');
    return mailbox;
  }

  return {
    list: (actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<MailboxView>> =>
      work(actor, 'mailboxes.list', async (tx) => {
        const rows = await mailboxPage(tx, actor.workspaceId, limit + 1, cursor ? decodeCursor(cursor, ['time', 'id']) : null);
        return pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.id], await views(tx, actor.workspaceId, rows));
      }),

    create: (actor: Actor, given: z.infer<typeof MailboxCreate>): Promise<MailboxView> =>
      work(actor, 'mailboxes.manage', async (tx) => {
        checkAddress(given.address);
        await checkTeam(tx, actor.workspaceId, given.teamId);
        const disabled = await disabledMailbox(tx, actor.workspaceId, given.address);
        const mailbox: Mailbox = {
          id: disabled?.id ?? newId(), address: given.address, name: given.name, teamId: given.teamId ?? null, signature: given.signature,
          acknowledge: given.acknowledge, acknowledgement: wordsOf(given.acknowledgement), createdAt: now(), tokenInAddress: given.tokenInAddress, replyTo: given.replyTo, archive: given.archive,
        };
        await checkCopies(tx, actor.workspaceId, mailbox);
        if (disabled) await saveMailbox(tx, actor.workspaceId, mailbox);
        else if (!await insertMailbox(tx, actor.workspaceId, mailbox)) {
          throw new AppError('conflict', 'mailbox.address_taken', 'Another mailbox of this installation has this address; choose another, or delete that one.');
        }
        await tell(tx, actor.workspaceId, mailbox.id, 'created', actor);
        return show(tx, actor.workspaceId, mailbox);
      }),

    change: (actor: Actor, id: string, patch: z.infer<typeof MailboxPatch>): Promise<MailboxView> =>
      work(actor, 'mailboxes.manage', async (tx) => {
        const mailbox = await access(tx, actor.workspaceId, id);
        await checkTeam(tx, actor.workspaceId, patch.teamId);
        const changed: Mailbox = {
          ...mailbox, name: patch.name ?? mailbox.name, teamId: patch.teamId === undefined ? mailbox.teamId : patch.teamId,
          signature: patch.signature ?? mailbox.signature, acknowledge: patch.acknowledge ?? mailbox.acknowledge,
          acknowledgement: patch.acknowledgement ? wordsOf(patch.acknowledgement) : mailbox.acknowledgement,
          tokenInAddress: patch.tokenInAddress ?? mailbox.tokenInAddress,
          replyTo: patch.replyTo ?? mailbox.replyTo, archive: patch.archive ?? mailbox.archive,
        };
        await checkCopies(tx, actor.workspaceId, changed);
        await saveMailbox(tx, actor.workspaceId, changed);
        await tell(tx, actor.workspaceId, id, 'changed', actor);
        return show(tx, actor.workspaceId, changed);
      }),

    /** Receives no more; what came stays, and the same address can be made again. */
    disable: (actor: Actor, id: string): Promise<void> =>
      work(actor, 'mailboxes.manage', async (tx) => {
        await access(tx, actor.workspaceId, id);
        await disableMailbox(tx, actor.workspaceId, id, now());
        await tell(tx, actor.workspaceId, id, 'disabled', actor);
      }),

    /** The mailbox that a new workspace begins with; none when another workspace has the address. */
    async first(tx: Tx, workspaceId: string, address: string, name: string): Promise<void> {
      const mailbox: Mailbox = { id: newId(), address, name, teamId: null, signature: '', acknowledge: false, acknowledgement: {}, createdAt: now(), tokenInAddress: false, replyTo: '', archive: '' };
      if (await insertMailbox(tx, workspaceId, mailbox)) await tell(tx, workspaceId, mailbox.id, 'created', null);
    },
  };
}

function checkPlain(address: string): void {
  if (!isPlainAddress(address)) throw new AppError('invalid', 'mailbox.bad_address', 'Write the address as name@example.org, without quotes, comments or brackets.');
}

function checkAddress(address: string): void {
  checkPlain(address);
  if (splitPlus(address).detail !== null) throw new AppError('invalid', 'mailbox.plus_address', 'A mailbox has no plus sign: mail to name+anything@example.org arrives at name@example.org already.');
}

/** Only languages that say something are kept. */
function wordsOf(given: Partial<Record<Language, Words | undefined>>): Partial<Record<Language, Words>> {
  const kept: Partial<Record<Language, Words>> = {};
  for (const [language, words] of Object.entries(given) as [Language, Words | undefined][]) {
    const text = words?.text.trim() ?? '';
    if (words && text !== '') kept[language] = { subject: words.subject.replace(/\s+/g, ' ').trim() || READY_MADE[language].subject, text };
  }
  return kept;
}
