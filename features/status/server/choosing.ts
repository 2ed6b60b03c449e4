import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { readCondition } from '../../conditions/core/check.ts';
import { momentOf } from '../../conditions/core/plan.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { StatusDeps } from './context.ts';

const PAGE = 500;
/** What one question may look at; beyond that the condition is too wide to be meant. */
const MOST_READ = 20_000;

export type Shelves = readonly ('active' | 'done')[];

/** The tickets for which a condition holds, `most` at most; of several with the same `of` the first. */
export const createChoosing = ({ now, calendars, tickets }: Pick<StatusDeps, 'now' | 'calendars' | 'tickets'>) =>
  async (tx: Tx, workspaceId: string, json: unknown, { shelves, most }: { shelves: Shelves; most: number }, of: (ticket: TicketState) => string = ({ id }) => id): Promise<TicketState[]> => {
    const condition = readCondition(json, TICKET_FIELDS, { pointer: '#/condition' });
    const moment = momentOf(now(), await calendars.timeFor(tx, workspaceId, null));
    const found = new Map<string, TicketState>();
    for (const shelf of shelves) {
      for await (const page of pagesOf((cursor) => tickets.matching(tx, condition, moment, { shelf, limit: PAGE, ...(cursor !== null && { cursor }) }))) {
        for (const ticket of page) if (!found.has(of(ticket))) found.set(of(ticket), ticket);
        if (found.size >= most) return [...found.values()].slice(0, most);
      }
    }
    return [...found.values()];
  };

async function* pagesOf<T>(read: (cursor: string | null) => Promise<Page<T>>): AsyncGenerator<readonly T[]> {
  let cursor: string | null = null;
  for (let pages = 0; pages === 0 || cursor !== null; pages += 1) {
    if (pages * PAGE >= MOST_READ) throw new AppError('invalid', 'condition.too_wide', `It holds for more than ${MOST_READ} tickets; say more exactly which.`);
    const page: Page<T> = await read(cursor);
    yield page.items;
    cursor = page.nextCursor;
  }
}
