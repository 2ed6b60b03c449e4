import { ExplainNode, RawNode, SelectQueryNode, sql, type KyselyPlugin, type RootOperationNode } from 'kysely';
import type { Database, Tx } from '../platform/db/db.ts';

/** What is looked up by its key beside a row: a ticket's customer, its company when it has one, and who follows it. */
const LOOKED_UP = new Set(['ticket_followers_ticket', 'companies_pkey', 'customers_pkey']);
const LARGE = ['tickets', 'customers', 'customer_likenesses', 'entries', 'events', 'search_documents', 'ticket_tags', 'aside_messages', 'participants'];

type Node = {
  'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; 'Actual Rows': number; 'Actual Loops': number;
  'Rows Removed by Filter'?: number; 'Rows Removed by Index Recheck'?: number; Plans?: Node[];
};
/** `walked`: tables that were read whole; `touched`: rows that were looked at, `sorted` the most that were put in order. */
export type Reads = { readonly indexes: string[]; readonly walked: string[]; touched: number; sorted: number };

/**
 * Runs every statement of `act` as its explanation; what it would answer is nothing. `isLarger`: for tables that are so small in a
 * test that reading them whole is right; there it is made dear, as it is where there is more.
 */
export async function readsOf(db: Database, workspaceId: string, act: (tx: Tx) => Promise<unknown>, { isLarger = false } = {}): Promise<Reads> {
  const reads: Reads = { indexes: [], walked: [], touched: 0, sorted: 0 };
  const explaining: KyselyPlugin = {
    transformQuery: ({ node }) => explained(node),
    transformResult: async ({ result }) => {
      const [row] = result.rows as { 'QUERY PLAN': [{ Plan: Node }] }[];
      look(row!['QUERY PLAN'][0].Plan, reads);
      return { ...result, rows: [] };
    },
  };
  await db.work(workspaceId, async (tx) => {
    if (isLarger) await sql`set local enable_seqscan = off`.execute(tx);
    await act(tx.withPlugin(explaining) as Tx);
  });
  return reads;
}

function explained(node: RootOperationNode): RootOperationNode {
  if (SelectQueryNode.is(node)) return { ...node, explain: ExplainNode.create('json', sql`analyze`.toOperationNode()) };
  if (RawNode.is(node)) return { ...node, sqlFragments: [`explain (analyze, format json) ${node.sqlFragments[0]}`, ...node.sqlFragments.slice(1)] };
  throw new Error(`a ${node.kind} is not read from`);
}

const isWalked = (node: Node): boolean => !LOOKED_UP.has(node['Index Name'] ?? '');

function look(node: Node, reads: Reads): void {
  const rows = node['Actual Rows'] * node['Actual Loops'];
  const removed = ((node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) * node['Actual Loops'];
  if (node['Index Name']) reads.indexes.push(node['Index Name']);
  if (node['Relation Name'] && LARGE.includes(node['Relation Name'])) {
    if (node['Node Type'] === 'Seq Scan') reads.walked.push(node['Relation Name']);
    reads.touched += rows + removed;
  }
  if (node['Node Type'].includes('Sort')) reads.sorted = Math.max(reads.sorted, ...(node.Plans ?? []).map((input) => input['Actual Rows'] * input['Actual Loops']));
  for (const part of (node.Plans ?? []).filter(isWalked)) look(part, reads);
}
