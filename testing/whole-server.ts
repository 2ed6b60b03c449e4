import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.ts';

const ROOT = join(import.meta.dirname, '..');
const READY_MS = 60_000;

/** The server as it is started on a machine, in a process of its own that can be killed. It keeps its ports. */
export async function wholeServer({ dataDir, databaseUrl, ownerUrl, env = {} }: {
  dataDir: string; databaseUrl?: string; ownerUrl?: string; env?: Record<string, string>;
}) {
  const [port, smtpPort] = [await freePort(), await freePort()];
  let child: ChildProcess | null = null;
  let said = '';

  const health = (): Promise<{ status: number; body: unknown }> => fetch(`http://127.0.0.1:${port}/healthz`)
    .then(async (answer) => ({ status: answer.status, body: await answer.json() as unknown }), () => ({ status: 0, body: null }));

  return {
    port, smtpPort, health,
    said: () => said,

    async start(): Promise<void> {
      const running = spawn(process.execPath, [join(ROOT, 'apps/server/main.ts')], {
        env: {
          PATH: process.env['PATH'], NODE_COMPILE_CACHE: join(ROOT, '.cache/compiled'), PORT: String(port), RAPPORT_SMTP_PORT: String(smtpPort), RAPPORT_DATA: dataDir,
          ...(databaseUrl && { DATABASE_URL: databaseUrl }), ...(ownerUrl && { RAPPORT_DATABASE_OWNER_URL: ownerUrl }),
          RAPPORT_OWNER_EMAIL: 'owner@shop.test', RAPPORT_OWNER_PASSWORD: 'correct horse battery staple', RAPPORT_MAILBOX: 'support@shop.test', ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = running;
      for (const stream of [running.stdout, running.stderr]) stream.on('data', (chunk: Buffer) => { said = (said + chunk.toString()).slice(-20_000); });
      for (const limit = Date.now() + READY_MS; Date.now() < limit && running.exitCode === null && running.signalCode === null; await pause(20)) {
        if ((await health()).status !== 0) return;
      }
      if (running.signalCode === null) throw new Error(`the server did not come up: ${said}`);
    },

    /** As the machine's last resort does it: nothing is finished. Resolves when it is gone. */
    async kill(): Promise<void> {
      const running = child;
      child = null;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      running.kill('SIGKILL');
      await once(running, 'exit');
    },

    /** A stop that was asked for; the exit code. */
    async stop(): Promise<number | null> {
      const running = child;
      child = null;
      if (!running || running.exitCode !== null || running.signalCode !== null) return running?.exitCode ?? null;
      running.kill('SIGTERM');
      const [code] = await once(running, 'exit') as [number | null];
      return code;
    },
  };
}
