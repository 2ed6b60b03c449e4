import Fastify from 'fastify';
import pg from 'pg';

export type FloorServe = { readonly url: string; readonly workspaceId: string };
export type FloorServing = { readonly port: number };

/*
 * The floor: the least that could read the same rows from the same server, one prepared statement a request, without
 * tenants, rights, sessions, checks or dates put into words. The product's figures are printed beside it, so that a slow
 * machine does not look like a slow product. In a process of its own, like the product.
 */
process.once('message', (serve: FloorServe) => void start(serve));

async function start({ url, workspaceId }: FloorServe): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 12 });
  const app = Fastify();

  app.get('/list', async () => {
    const { rows } = await pool.query({
      name: 'list', values: [workspaceId],
      text: `select t.id, t.number, t.subject, t.status, t.priority, t.snippet, t.tags, t.updated_at, c.name, c.email
        from tickets t join customers c on c.workspace_id = t.workspace_id and c.id = t.customer_id
        where t.workspace_id = $1 and t.phase = 'active' order by t.queue_order, t.id limit 50`,
    });
    return { items: rows };
  });

  app.get<{ Params: { id: string } }>('/tickets/:id', async ({ params }) => {
    const values = [workspaceId, params.id];
    const [ticket, entries] = [
      await pool.query({
        name: 'ticket', values,
        text: `select t.*, c.name, c.email from tickets t join customers c on c.workspace_id = t.workspace_id and c.id = t.customer_id
          where t.workspace_id = $1 and t.id = $2`,
      }),
      await pool.query({
        name: 'entries', values,
        text: `select e.*, h.safe from entries e left join entry_html h on h.workspace_id = e.workspace_id and h.entry_id = e.id
          where e.workspace_id = $1 and e.ticket_id = $2 order by e.created_at, e.id limit 50`,
      }),
    ];
    return { ...ticket.rows[0], entries: entries.rows };
  });

  const address = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  process.once('disconnect', () => void app.close().then(() => pool.end()).then(() => process.exit(0)));
  process.send!({ port: Number(address.port) } satisfies FloorServing);
}
