import type { Actor, Now } from '../../../../kernel/actor.ts';
import type { Page } from '../../../../kernel/contract.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Database } from '../../../../platform/db/db.ts';
import { newId } from '../../../../platform/db/ids.ts';
import type { Emit } from '../../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../../platform/http/cursor.ts';
import { NEEDED } from '../../core/spam/classifier.ts';
import type { SenderRuleCreate, SenderRuleView, SpamFilterPatch, SpamFilterView } from '../../core/spam/contract.ts';
import { namesFor, readSender, type NamedSender, type SenderVerdict } from '../../core/spam/senders.ts';
import { shownWord } from '../../core/spam/words.ts';
import { demand } from '../../../people/core/permissions.ts';
import { ownAddresses } from '../store.ts';
import { lockFilter, saveFilter, filterState, type FilterState } from './filter-store.ts';
import type { Filters } from './filters.ts';
import { forgetEverything, tellingWords } from './lessons-store.ts';
import { deleteRule, ruleById, ruleCount, rulePage, saveRule, type RuleRow } from './rules-store.ts';
import type { Tx } from '../../../../platform/db/db.ts';

/** They are read whole for every process that takes in mail. */
const MAX_RULES = 5_000;
const SHOWN_WORDS = 12;

/** What people decide about senders and about the filter. Tells `sender.blocked|allowed|rule_removed`, `spam_filter.changed`. */
export function createSpamSettings({ db, emit, filters, now }: { db: Database; emit: Emit; filters: Filters; now: Now }) {
  const tell = (tx: Tx, actor: Actor, type: `${string}.${string}`, data: Record<string, string>): Promise<void> =>
    emit(tx, actor.workspaceId, { type, actor: { kind: 'person', id: actor.id }, data, at: now() });

  async function changing<T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> {
    const result = await db.work(actor.workspaceId, act);
    filters.forget(actor.workspaceId);
    return result;
  }

  return {
    senders: (actor: Actor, verdict: SenderVerdict, { q, limit, cursor }: { q: string; limit: number; cursor?: string | undefined }): Promise<Page<SenderRuleView>> => {
      demand(actor, 'spam.read');
      return db.work(actor.workspaceId, async (tx) => {
        const rows = await rulePage(tx, actor.workspaceId, { verdict, part: q, limit: limit + 1, before: cursor ? decodeCursor(cursor, ['time', 'id']) : null });
        return pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.id], toRuleView);
      });
    },

    /** Agents may name one address; whole domains and exceptions are for those who look after the filter. */
    addSender: (actor: Actor, verdict: SenderVerdict, { sender, reason }: SenderRuleCreate): Promise<SenderRuleView> => {
      const named = readSender(sender);
      if (!named) throw new AppError('invalid', 'sender.unreadable', 'Write an address such as name@example.org, or a domain such as example.org.');
      demand(actor, named.kind === 'address' && verdict === 'block' ? 'senders.block' : 'spam.manage');
      return changing(actor, async (tx) => {
        await lockFilter(tx, actor.workspaceId);
        if (verdict === 'block') await refuseOwn(tx, actor.workspaceId, named);
        if (await ruleCount(tx, actor.workspaceId) >= MAX_RULES) throw new AppError('conflict', 'sender.too_many_rules', `There are ${MAX_RULES} rules already; remove some, or block a whole domain instead.`);
        const id = await saveRule(tx, actor.workspaceId, { id: newId(), verdict, ...named, reason, createdBy: actor.id, at: now() });
        await tell(tx, actor, verdict === 'block' ? 'sender.blocked' : 'sender.allowed', { sender: named.value });
        return toRuleView(await ruleById(tx, actor.workspaceId, id));
      });
    },

    /** Whoever may block an address may take that back. */
    removeSender: (actor: Actor, verdict: SenderVerdict, id: string): Promise<void> => {
      demand(actor, 'senders.block');
      return changing(actor, async (tx) => {
        const rule = await ruleById(tx, actor.workspaceId, id).catch(() => null);
        if (rule && (rule.kind === 'domain' || verdict === 'allow')) demand(actor, 'spam.manage');
        if (!rule || !await deleteRule(tx, actor.workspaceId, id, verdict)) throw new AppError('not_found', 'sender.not_found', 'There is no such sender in the list.');
        await tell(tx, actor, 'sender.rule_removed', { sender: rule.value });
      });
    },

    filter: (actor: Actor): Promise<SpamFilterView> => {
      demand(actor, 'spam.read');
      return db.work(actor.workspaceId, async (tx) => show(tx, actor.workspaceId, await filterState(tx, actor.workspaceId)));
    },

    changeFilter: (actor: Actor, patch: SpamFilterPatch): Promise<SpamFilterView> => {
      demand(actor, 'spam.manage');
      return changing(actor, async (tx) => {
        const before = await lockFilter(tx, actor.workspaceId);
        const after: FilterState = {
          sensitivity: patch.sensitivity ?? before.sensitivity, perTenMinutes: patch.perTenMinutes ?? before.perTenMinutes,
          perHour: patch.perHour ?? before.perHour, equalTexts: patch.equalTexts ?? before.equalTexts, lessons: before.lessons,
        };
        if (after.perHour < after.perTenMinutes) throw new AppError('invalid', 'spam_filter.limits', 'Whoever may send so many messages in ten minutes must be allowed as many in an hour: raise the limit of the hour.');
        await saveFilter(tx, actor.workspaceId, after);
        await tell(tx, actor, 'spam_filter.changed', { sensitivity: after.sensitivity });
        return show(tx, actor.workspaceId, after);
      });
    },

    /** It begins anew; decisions that people made stay what they are. */
    forget: (actor: Actor): Promise<void> => {
      demand(actor, 'spam.manage');
      return changing(actor, async (tx) => {
        const before = await lockFilter(tx, actor.workspaceId);
        await forgetEverything(tx, actor.workspaceId);
        await saveFilter(tx, actor.workspaceId, { ...before, lessons: { spam: 0, ham: 0 } });
        await tell(tx, actor, 'spam_filter.changed', { forgot: 'lessons' });
      });
    },
  };
}

async function show(tx: Tx, workspaceId: string, { lessons, ...settings }: FilterState): Promise<SpamFilterView> {
  const words = async (kind: 'spam' | 'ham'): Promise<string[]> =>
    [...new Set((await tellingWords(tx, workspaceId, kind, lessons, SHOWN_WORDS)).map(({ word }) => shownWord(word)))];
  return { ...settings, learnt: { ...lessons, needed: NEEDED, spamWords: await words('spam'), hamWords: await words('ham') } };
}

/** Nobody locks out their own house. */
async function refuseOwn(tx: Tx, workspaceId: string, { value }: NamedSender): Promise<void> {
  const own = (await ownAddresses(tx, workspaceId)).find((address) => namesFor(address).includes(value));
  if (own !== undefined) throw new AppError('invalid', 'sender.own', `This would block ${own}, an address of your own.`);
}

const toRuleView = ({ id, kind, value, reason, createdAt, authorId, authorName }: RuleRow): SenderRuleView => ({
  id, kind, sender: value, reason, createdAt: createdAt.toISOString(),
  createdBy: authorId === null || authorName === null ? null : { id: authorId, name: authorName },
});
