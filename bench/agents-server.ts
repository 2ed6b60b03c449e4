import { serveAgentApp } from '../apps/server/agent-app.ts';
import { compose } from '../apps/server/compose.ts';
import { createLogger } from '../apps/server/logger.ts';
import { runRoles } from '../apps/server/roles.ts';
import type { Desk } from './generate.ts';

export type ServeAgents = { readonly appUrl: string; readonly ownerUrl: string; readonly dataDir: string; readonly desk: Desk; readonly origin: string; readonly agents: number;
  /** The built app of the agents is served too, at this port. */
  readonly appAt?: number;
};
/** One session for each agent: nobody may ask as often, or have as many tabs, as all of them together. */
export type ServingAgents = { readonly port: number; readonly pid: number; readonly tokens: readonly string[]; /** In which a browser keeps such a session. */ readonly cookie: string };

/* The whole product in a process of its own. Its clock starts at the newest message. */
process.once('message', (serve: ServeAgents) => void start(serve));

async function start({ appUrl, ownerUrl, dataDir, desk, origin, agents, appAt }: ServeAgents): Promise<void> {
  const ahead = new Date(desk.anchor).getTime() - Date.now();
  const now = () => new Date(Date.now() + ahead);
  const log = createLogger('fatal');
  const app = await compose({
    appUrl, ownerUrl, dataDir, publicUrl: origin, secret: 'a secret for measurements only', relayUrl: null,
    mailbox: 'support@desk.example', version: 'bench', smtp: { host: '127.0.0.1', port: 0 },
  }, { now, machineNow: now }, log);
  if (appAt !== undefined) await serveAgentApp(app.http);
  const roles = await runRoles(app, { roles: ['web', 'worker'], smtp: { host: '127.0.0.1', port: 0 } }, log);
  const people = await app.db.owner.selectFrom('people').select(['id', 'email']).where('workspace_id', '=', desk.workspaceId).orderBy('id').limit(agents).execute();
  const tokens: string[] = [];
  for (const person of people) tokens.push((await app.people.openSession(desk.workspaceId, person)).token);
  const { port } = new URL(await app.http.listen({ host: '127.0.0.1', port: appAt ?? 0 }));
  roles.ready();
  process.once('disconnect', () => void roles.stop().then(() => app.stop()).then(() => process.exit(0)));
  process.send!({ port: Number(port), pid: process.pid, tokens, cookie: app.people.cookieNames.session } satisfies ServingAgents);
}
