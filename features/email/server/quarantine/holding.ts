import type { Now } from '../../../../kernel/actor.ts';
import type { Tx } from '../../../../platform/db/db.ts';
import type { Emit } from '../../../../platform/events/events.ts';
import { cut } from '../../../../platform/mail/header.ts';
import { searchVector } from '../../../../platform/search/stems.ts';
import type { MailName } from '../../core/addresses.ts';
import type { Judgement } from '../../core/quarantine.ts';
import { expectDigest } from './digest-store.ts';
import { insertHeld } from './store.ts';

type Held = Judgement & { readonly id: string; readonly mailboxId: string; readonly author: MailName; readonly subject: string };
/** A message of the ledger waits for somebody to decide about it, and somebody will be told. */
export type Hold = (tx: Tx, workspaceId: string, held: Held) => Promise<void>;

const MAX_WORDS = 2_000;

export const createHolding = ({ emit, now }: { emit: Emit; now: Now }): Hold => async (tx, workspaceId, { id, mailboxId, reason, words, author, subject }) => {
  const at = now();
  const vector = searchVector([{ text: author.name, weight: 'A', names: true }, { text: author.address, weight: 'A' }, { text: subject, weight: 'B' }], null);
  await insertHeld(tx, workspaceId, { id, mailboxId, reason, words: cut(words, MAX_WORDS), sender: author.address, senderName: author.name, subject, heldAt: at, vector });
  await expectDigest(tx, workspaceId, at);
  await emit(tx, workspaceId, { type: 'quarantine.held', subjectId: id, actor: { kind: 'system', id: null }, data: { reason }, at });
};
