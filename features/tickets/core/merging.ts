/** What lies on a ticket goes from one to the other; `mergeId` names the merge, for the way back. */
export type Move = { readonly from: string; readonly to: string; readonly mergeId: string };
type Told = { readonly workspaceId: string; readonly ticketId: string | null; readonly subjectId: string | null; readonly data: { readonly [key: string]: unknown } };
type Mover<Tx> = (tx: Tx, workspaceId: string, move: Move) => Promise<void>;

/** A merge is told once for each of the two; it is heard once, for the one that goes. */
function mergeOf({ ticketId, subjectId, data: { sourceId, targetId } }: Told) {
  return ticketId === sourceId && subjectId !== null && typeof sourceId === 'string' && typeof targetId === 'string' ? { sourceId, targetId, mergeId: subjectId } : null;
}

/** The subscriptions of a room whose things lie on tickets: they go `along` with a merge, and `back` when it is undone. For within the transaction in which tickets become one or two again. */
export const followMerges = <Tx>({ along, back }: { readonly along: Mover<Tx>; readonly back: Mover<Tx> }) => ({
  'ticket.merged': async (tx: Tx, event: Told): Promise<void> => {
    const merge = mergeOf(event);
    if (merge) await along(tx, event.workspaceId, { from: merge.sourceId, to: merge.targetId, mergeId: merge.mergeId });
  },
  'ticket.unmerged': async (tx: Tx, event: Told): Promise<void> => {
    const merge = mergeOf(event);
    if (merge) await back(tx, event.workspaceId, { from: merge.targetId, to: merge.sourceId, mergeId: merge.mergeId });
  },
});
