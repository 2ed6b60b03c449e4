import type { Actor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { TicketState } from '../core/ticket.ts';
import type { ForwardCreate, ReplyCreate } from '../core/contract.ts';
import type { DraftWriter } from '../core/shared-draft.ts';

/** Words of a person for somebody outside, before they are an entry. `wordsOf`: whose words they hold besides the sender's. */
export type Outgoing = { readonly wordsOf?: readonly DraftWriter[] | undefined } & (
  | { readonly kind: 'reply'; readonly given: Omit<ReplyCreate, 'channel' | 'sharedDraft'> }
  | { readonly kind: 'chat'; readonly given: ReplyCreate } | { readonly kind: 'forward'; readonly given: ForwardCreate }
);
export type Held = { readonly heldAs: string };
export type Writer = Pick<Actor, 'role'>;

export type Gate = {
  /** In the transaction that would write them, on a locked ticket: null lets them pass, else what they are kept as. `whole`: them with everybody whom they go to, and whose words they hold. */
  readonly hold: (tx: Tx, actor: Actor, ticket: TicketState, outgoing: Outgoing, whole: () => Promise<Outgoing>) => Promise<Held | null>;
  /** Whether what the workspace writes by itself must not leave as it is. `by`: whose words stand in it. */
  readonly stops: (tx: Tx, workspaceId: string, ticket: TicketState, by: Writer | null, channel: 'email' | 'chat') => Promise<boolean>;
};

/** Where everything that leaves passes: a room above may keep it back. */
export function createGate() {
  let gate: Gate | null = null;
  return {
    /** There is one keeper. */
    keepBy: (keeper: Gate): void => { gate = keeper; },
    hold: async (...asked: Parameters<Gate['hold']>): Promise<Held | null> => gate && gate.hold(...asked),
    stops: async (...asked: Parameters<Gate['stops']>): Promise<boolean> => gate !== null && gate.stops(...asked),
  };
}
