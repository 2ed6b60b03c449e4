import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

/**
 * The floor: the simplest path from a row to a reader that could work, without tenants, rights, events or checks. What
 * the product does is printed beside it, so that a slow machine does not look like a slow product.
 * Run by itself (`node bench/floor.ts URL`) it serves the tables below over HTTP and prints its port.
 */
export const FLOOR_TABLES = `
  drop schema if exists floor cascade;
  create schema floor;
  create table floor.tickets as
    select t.number as id, t.id as key, t.subject, t.status, t.snippet, t.updated_at, c.name, c.email
    from tickets t join customers c on c.workspace_id = t.workspace_id and c.id = t.customer_id;
  create table floor.entries as
    select row_number() over (order by e.created_at, e.id) as id, f.id as ticket, e.text, e.author_name, e.created_at, d.vector as tsv
    from entries e join floor.tickets f on f.key = e.ticket_id
    join search_documents d on d.workspace_id = e.workspace_id and d.kind = 'entry' and d.id = e.id;
  alter table floor.tickets add primary key (id);
  alter table floor.entries add primary key (id);
  create index on floor.tickets (updated_at desc, id desc) where status in ('new', 'open', 'waiting_customer');
  create index on floor.entries (ticket);
  create index on floor.entries using gin (tsv);
  alter table floor.entries alter column tsv set statistics 1000;
  analyze floor.tickets;
  analyze floor.entries;
`;

async function serve(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  const columns = 't.id, t.subject, t.status, t.snippet, t.updated_at, t.name, t.email';
  const server = createServer((request, response) => {
    const [path = '', value = ''] = (request.url ?? '').split('?');
    void answer(response, async () => {
      if (path === '/list') {
        return pool.query({
          name: 'list', values: [],
          text: `select ${columns} from floor.tickets t where status in ('new', 'open', 'waiting_customer') order by updated_at desc, id desc limit 50`,
        });
      }
      if (path === '/ticket') {
        return pool.query({
          name: 'ticket', values: [Number(value)],
          text: `select ${columns}, e.text, e.author_name, e.created_at from floor.tickets t join floor.entries e on e.ticket = t.id where t.id = $1 order by e.id limit 50`,
        });
      }
      return pool.query(`select ${columns} from (select ticket from floor.entries where tsv @@ $1::tsquery order by id desc limit 50) f join floor.tickets t on t.id = f.ticket`, [value]);
    });
  }).listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
  process.on('SIGTERM', () => void pool.end().then(() => server.close()));
}

async function answer(response: ServerResponse, work: () => Promise<pg.QueryResult>): Promise<void> {
  try {
    const { rows } = await work();
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ items: rows }));
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
}

if (import.meta.main) await serve(process.argv[2] ?? '');
