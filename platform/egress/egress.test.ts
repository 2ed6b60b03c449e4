import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcp, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { checkAddress, guardedLookup, isPublicAddress } from './addresses.ts';
import { createEgress } from './egress.ts';

/** Stands where nobody may come. */
async function canary(handle: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => response.end('inside')) {
  let connections = 0;
  const server = createServer(handle);
  server.on('connection', () => { connections += 1; });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}`, connections: () => connections };
}

const NOTATIONS = [
  '127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '2130706433', '0x7f000001', '0x7f.1', '0x7f.0.0.1', '017700000001', '0177.0.0.1', '0177.1',
  '127.0.0.1.', '１２７.0.0.1', '127。0。0。1', '①②⑦.0.0.1', '%31%32%37.0.0.1', '0', '0.0.0.0', '0x0',
  '[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]', '[64:ff9b::127.0.0.1]', '[64:ff9b::7f00:1]',
  '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2001::7f00:1]', '[fe80::1]', '[fc00::1]', '[fd12:3456::1]', '[ff02::1]', '[2001:db8::1]',
  '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '0xa9fea9fe', '2852039166', '100.64.0.1',
  '192.0.0.192', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255',
];

test.each(NOTATIONS)('%s is refused before anything connects', async (host) => {
  const { port, connections } = await canary();
  const egress = createEgress({ ports: [port] });
  await expect(egress.request(`http://${host}:${port}/`)).rejects.toMatchObject({ code: 'egress.private_address' });
  expect(connections()).toBe(0);
});

test('names of this machine and its network are refused when they are resolved', async () => {
  const { port, connections } = await canary();
  const egress = createEgress({ ports: [port] });
  for (const host of ['localhost', 'LOCALHOST', 'LocalHost']) {
    await expect(egress.request(`http://${host}:${port}/`), host).rejects.toMatchObject({ code: 'egress.private_address' });
  }
  for (const address of ['127.0.0.1', '10.1.2.3', '::1', '::ffff:10.0.0.1', 'fe80::1%eth0', 'fe80::1', 'nonsense', '']) {
    const named = createEgress({ ports: [port], resolve: async () => [{ address, family: address.includes(':') ? 6 : 4 }] });
    await expect(named.request(`http://shop.test:${port}/`), address).rejects.toMatchObject({ code: 'egress.private_address' });
  }
  expect(connections()).toBe(0);
});

test('one private address among public ones is enough to refuse', async () => {
  const { port, connections } = await canary();
  const egress = createEgress({ ports: [port], resolve: async () => [{ address: '93.184.216.34', family: 4 }, { address: '127.0.0.1', family: 4 }] });
  await expect(egress.request(`http://mixed.test:${port}/`)).rejects.toMatchObject({ code: 'egress.private_address' });
  expect(connections()).toBe(0);
});

test('what connects is what was checked: a name is resolved once', async () => {
  const answers = ['93.184.216.34', '127.0.0.1'];
  const lookup = guardedLookup(async () => [{ address: answers.shift()!, family: 4 }]);
  const found = await new Promise((resolve) => { lookup('rebind.test', { all: true }, (error, addresses) => resolve(error ?? addresses)); });
  expect(found).toEqual([{ address: '93.184.216.34', family: 4 }]);
  expect(answers).toEqual(['127.0.0.1']);
});

test('public addresses are public', () => {
  for (const address of ['93.184.216.34', '8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450:4001::1']) {
    expect(isPublicAddress(address), address).toBe(true);
    expect(() => checkAddress(address)).not.toThrow();
  }
  for (const address of ['', 'localhost', '999.1.1.1', '::ffff:8.8.8.8', '64:ff9b::808:808', '2001:0:1::1']) expect(isPublicAddress(address), address).toBe(false);
});

test('addresses that are none, other protocols, credentials and other ports are refused', async () => {
  const egress = createEgress();
  for (const [address, code] of [
    ['', 'egress.bad_url'], ['//x', 'egress.bad_url'], ['http://[fe80::1%25eth0]/', 'egress.bad_url'], ['http://999.1.1.1/', 'egress.bad_url'],
    ['file:///etc/passwd', 'egress.bad_protocol'], ['data:text/plain,x', 'egress.bad_protocol'], ['gopher://x/', 'egress.bad_protocol'], ['ftp://x/', 'egress.bad_protocol'],
    ['http://me:secret@example.org/', 'egress.credentials_in_url'], ['http://example.org@127.0.0.1/', 'egress.credentials_in_url'],
    ['http://example.org:22/', 'egress.bad_port'], ['http://example.org:25/', 'egress.bad_port'], ['https://example.org:5432/', 'egress.bad_port'],
  ] as const) await expect(egress.request(address), address).rejects.toMatchObject({ code });
});

test('what the environment names may be private, that very port and nothing beside it', async () => {
  const [named, other] = [await canary(), await canary()];
  const egress = createEgress({ exempt: [named.url], ports: [named.port, other.port] });
  expect((await egress.request(`${named.url}/x`)).body.toString()).toBe('inside');
  await expect(egress.request(other.url)).rejects.toMatchObject({ code: 'egress.private_address' });
  await expect(egress.request(`https://127.0.0.1:${named.port}`)).rejects.toMatchObject({ code: 'egress.private_address' });
  expect(other.connections()).toBe(0);
});

test.each([301, 302, 303, 307, 308])('a redirect (%i) into the network is refused', async (status) => {
  const inside = await canary();
  for (const location of [inside.url, `http://localhost:${inside.port}/`, `//127.1:${inside.port}/`, 'file:///etc/passwd', 'http://me@example.org/']) {
    const door = await canary((_request, response) => response.writeHead(status, { location }).end());
    const egress = createEgress({ exempt: [door.url], ports: [inside.port] });
    await expect(egress.request(door.url), location).rejects.toMatchObject({ kind: 'invalid' });
  }
  expect(inside.connections()).toBe(0);
});

test('redirects are followed three times, without secrets to another host, and not at all when that is asked for', async () => {
  const seen: [string, string, string | undefined, string][] = [];
  const last = await canary((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
    request.on('end', () => {
      seen.push([request.method!, request.url!, request.headers.authorization, body]);
      const left = Number(request.url!.slice(1));
      if (left > 0) response.writeHead(307, { location: `/${left - 1}` }).end();
      else response.end('arrived');
    });
  });
  const first = await canary((_request, response) => response.writeHead(308, { location: `${last.url}/0` }).end());
  const egress = createEgress({ exempt: [first.url, last.url] });
  const post = { method: 'POST', headers: { Authorization: 'Bearer x' }, body: 'hello' } as const;

  expect((await egress.request(`${last.url}/3`, post)).body.toString()).toBe('arrived');
  expect(seen.at(-1)).toEqual(['POST', '/0', 'Bearer x', 'hello']);
  await expect(egress.request(`${last.url}/4`, post)).rejects.toMatchObject({ code: 'egress.too_many_redirects' });
  await egress.request(first.url, post);
  expect(seen.at(-1)).toEqual(['POST', '/0', undefined, 'hello']);
  expect((await egress.request(first.url, { redirects: 0 })).status).toBe(308);
  expect((await egress.request(`${last.url}/1`)).url).toBe(`${last.url}/0`);
});

test('an answer that is too large or too slow is given up', async () => {
  const declared = await canary((_request, response) => response.writeHead(200, { 'content-length': 2_000_000 }).end());
  const endless = await canary((_request, response) => {
    const more = () => { while (response.write(Buffer.alloc(65_536))); };
    response.on('drain', more);
    more();
  });
  const silent = createTcp(() => undefined);
  await new Promise<void>((resolve) => { silent.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => { silent.close(); });
  const quiet = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const egress = createEgress({ exempt: [declared.url, endless.url, quiet] });

  await expect(egress.request(declared.url)).rejects.toMatchObject({ code: 'egress.too_large' });
  await expect(egress.request(endless.url)).rejects.toMatchObject({ code: 'egress.too_large' });
  await expect(egress.request(quiet, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'egress.timeout' });
  await expect(egress.request('http://nowhere.invalid/')).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(createEgress({ resolve: () => new Promise(() => undefined) }).request('http://slow.test/', { timeoutMs: 50 })).rejects.toMatchObject({ code: 'egress.timeout' });
});
