import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { compose } from '../apps/server/compose.ts';
import { createLogger } from '../apps/server/logger.ts';

export type ServeChat = { readonly appUrl: string; readonly ownerUrl: string; readonly dataDir: string; readonly agents: number } | { readonly bare: true };
export type ServingChat = { readonly port: number; readonly pid: number; readonly token: string; readonly workspaceId: string; /** Of each agent: one person may have so many tabs and no more. */ readonly agents: readonly string[] };
/** Memory of this process alone, in KiB. */
export type Memory = { readonly kib: number };

/* The product, or a server of sockets that does nothing, in a process of its own; each further message asks for its memory. */
process.once('message', (serve: ServeChat) => void ('bare' in serve ? bare() : product(serve)));

const answer = (): void => {
  process.on('message', () => {
    globalThis.gc?.();
    process.send!({ kib: Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))?.[1]) } satisfies Memory);
  });
};

async function bare(): Promise<void> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  sockets.on('connection', (socket) => { socket.on('message', (data: Buffer) => { socket.send(data); }); });
  await new Promise<void>((resolve) => { http.listen(0, '127.0.0.1', resolve); });
  answer();
  process.once('disconnect', () => process.exit(0));
  process.send!({ port: (http.address() as AddressInfo).port, pid: process.pid, token: '', workspaceId: '', agents: [] } satisfies ServingChat);
}

async function product({ appUrl, ownerUrl, dataDir, agents }: Exclude<ServeChat, { bare: true }>): Promise<void> {
  const now = () => new Date();
  const app = await compose({
    appUrl, ownerUrl, dataDir, publicUrl: 'http://127.0.0.1', secret: 'a secret for measurements only', relayUrl: null, mailbox: 'support@desk.example', version: 'bench', smtp: { host: '127.0.0.1', port: 0 },
  }, { now, machineNow: now }, createLogger('error'));
  const email = 'owner@desk.example';
  const known = await app.db.owner.selectFrom('people').select(['id', 'workspace_id as workspaceId']).where('email', '=', email).executeTakeFirst();
  const { personId, workspaceId } = known ? { personId: known.id, workspaceId: known.workspaceId } : await app.people.createWorkspace({ name: 'Desk', owner: { email, name: 'Owner', password: null } });
  await app.signals.start();
  app.sequencer.start();
  await app.followers.start();
  app.due.start();
  const { token } = await app.people.openSession(workspaceId, { id: personId, email });
  const signedIn: string[] = [];
  for (let n = 0; n < (known ? 0 : agents); n++) {
    const agent = { email: `agent${n}@desk.example`, name: `Agent ${n}`, role: 'agent' as const, password: null, teamIds: [] };
    signedIn.push((await app.people.openSession(workspaceId, { id: await app.people.addPerson(workspaceId, agent), email: agent.email })).token);
  }
  const { port } = new URL(await app.http.listen({ host: '127.0.0.1', port: 0 }));
  answer();
  process.once('disconnect', () => void app.stop().then(() => process.exit(0)));
  process.send!({ port: Number(port), pid: process.pid, token, workspaceId, agents: signedIn } satisfies ServingChat);
}
