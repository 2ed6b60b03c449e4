import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { copyOfTemplate } from '../../testing/postgres.ts';
import { wholeServer } from '../../testing/whole-server.ts';

const hasIpv6 = Object.values(networkInterfaces()).flat().some((one) => one?.address === '::1');

async function server() {
  const { appUrl, ownerUrl } = await copyOfTemplate();
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-localhost-'));
  const made = await wholeServer({ dataDir, databaseUrl: appUrl, ownerUrl, env: { RAPPORT_TEST_CLOCK: '1' } });
  onTestFinished(async () => {
    await made.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return made;
}

const answers = (address: string) => fetch(`${address}/healthz`).then(({ status }) => status, () => 0);

test('the printed address is one that passkeys work at, and means us by whichever protocol; a clock that can be set is told of loudly', async () => {
  const rapport = await server();
  await rapport.start();
  await expect.poll(rapport.said).toContain(`http://localhost:${rapport.port}`);
  expect(rapport.said()).toContain('!!  RAPPORT_TEST_CLOCK=1: THE CLOCK OF THIS SERVER CAN BE SET, AND STOPPED');
  for (const host of ['127.0.0.1', 'localhost', ...(hasIpv6 ? ['[::1]'] : [])]) expect(await answers(`http://${host}:${rapport.port}`), host).toBe(200);
  const passkeys = await fetch(`http://localhost:${rapport.port}/api/v1/session/passkey-options`, { method: 'POST' });
  expect(passkeys.status).toBe(200);
  expect(await rapport.stop()).toBe(0);
  expect(await answers(`http://localhost:${rapport.port}`)).toBe(0);
});

test.skipIf(!hasIpv6)('where localhost may lead to somebody else\'s program, the number is printed', async () => {
  const rapport = await server();
  const other = createServer().listen({ host: '::1', port: rapport.port, ipv6Only: true });
  await once(other, 'listening');
  onTestFinished(() => { other.close(); });
  await rapport.start();
  await expect.poll(rapport.said).toContain(`http://127.0.0.1:${rapport.port}`);
  expect(rapport.said()).not.toContain('http://localhost');
});
