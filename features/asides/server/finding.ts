import type { Log } from '../../../kernel/log.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { dueRows, type DueWork } from '../../../platform/jobs/due.ts';
import { apart } from '../../../platform/search/vocabulary.ts';
import type { Move } from '../../tickets/core/merging.ts';
import type { AsidesDeps } from './deps.ts';
import { findAside, findMessage, lockMessage, messagesBeside, moveAlong, moveBack, saveIndexed, unindexed, wordsOfMessages, type StoredMessage } from './store.ts';

/** One after the other: their words are read in the process that answers people. */
const AT_ONCE = 20;

/** What is said in side conversations, in the search: it finds the ticket, for whoever may read that. */
export function createFinding({ db, search, tickets, machineNow, log }: Pick<AsidesDeps, 'db' | 'search' | 'tickets' | 'machineNow'> & { readonly log: Log }) {
  /** Of files by their ids. */
  const namesOf = async (tx: Tx, fileIds: readonly string[]): Promise<Map<string, string>> => new Map((await tickets.fileNames(tx, fileIds)).map(({ id, name }) => [id, name]));

  async function index(tx: Tx, workspaceId: string, message: StoredMessage): Promise<void> {
    const aside = await findAside(tx, message.asideId);
    const ticket = aside && await tickets.find(tx, aside.ticketId);
    if (!ticket) return;
    const names = await namesOf(tx, message.fileIds);
    await search.index(tx, {
      workspaceId, kind: 'aside', id: message.id, subjectId: ticket.id, at: message.createdAt, language: ticket.language,
      texts: [
        { text: `${ticket.number}`, weight: 'A' }, { text: ticket.subject, weight: 'B' }, { text: aside.subject, weight: 'B' },
        { text: message.authorName, weight: 'B', names: true }, { text: [message.authorAddress ?? '', ...message.recipients.map(({ address }) => address)].join(' '), weight: 'B' },
        { text: [...names.values()].join(' '), weight: 'C' }, { text: message.text, weight: 'D' },
      ],
    });
    if (ticket.deletedAt) await search.hide(tx, workspaceId, ticket.id, true);
    await saveIndexed(tx, message.id);
  }

  /** Both tickets of a merge are live, and so is what goes from one to the other. */
  const moving = (move: typeof moveAlong) => async (tx: Tx, workspaceId: string, along: Move): Promise<void> => {
    await search.move(tx, workspaceId, 'aside', await move(tx, along), along.to);
    await search.hide(tx, workspaceId, along.to, false);
  };

  tickets.alsoFinds('aside', async (tx, ids, most) => {
    const messages = await wordsOfMessages(tx, ids, most);
    const names = await namesOf(tx, messages.flatMap(({ fileIds }) => fileIds));
    return messages.map(({ fileIds, ...words }) => ({ ...words, fileNames: fileIds.flatMap((id) => names.get(id) ?? []) }));
  });

  return {
    index,
    forget: (tx: Tx, workspaceId: string, messageId: string): Promise<void> => search.remove(tx, workspaceId, 'aside', messageId),

    /** Their words have changed. */
    async indexAgain(tx: Tx, workspaceId: string, ticketIds: readonly string[]): Promise<void> {
      for (const message of await messagesBeside(tx, ticketIds)) await index(tx, workspaceId, message);
    },

    /** What somebody may look for in it; nothing when it was taken back. */
    async wordsOf(tx: Tx, messageId: string): Promise<string[]> {
      const message = await findMessage(tx, messageId);
      const aside = message && await findAside(tx, message.asideId);
      return message && aside ? [aside.subject, message.authorName, message.text, ...[...(await namesOf(tx, message.fileIds)).values()].map(apart)] : [];
    },

    along: moving(moveAlong),
    back: moving(moveBack),

    /** What was written before side conversations were found. */
    due: dueRows<{ workspaceId: string; id: string }>({
      name: 'words of side conversations', log, machineNow, idOf: ({ id }) => id,
      find: (_at, limit) => unindexed(db.owner, Math.min(limit, AT_ONCE)),
      handle: ({ workspaceId, id }) => db.work(workspaceId, async (tx) => {
        const message = await lockMessage(tx, id);
        if (!message) return;
        await saveIndexed(tx, id);
        await index(tx, workspaceId, message);
      }),
    }) satisfies DueWork,
  };
}
