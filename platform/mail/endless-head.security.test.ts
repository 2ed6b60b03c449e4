import { expect, test } from 'vitest';
import { createAuthentication } from './authentication.ts';

const REST = 'To: s@shop.test\r\nSubject: x\r\n\r\nHello\r\n';
const signature = (n: number): string => `DKIM-Signature: v=1; a=rsa-sha256; d=d${n}.example; s=s; h=from; bh=AA; b=AA\r\n`;

test.each([
  ['a field of very many lines', `From: a@b.example\r\nX: ${'\r\n y'.repeat(100_000)}\r\n${REST}`],
  ['very many authors', `From: ${'a:'.repeat(50_000)}\r\n${REST}`],
  ['very many signatures', `${Array.from({ length: 1_000 }, (_, n) => signature(n)).join('')}From: a@b.example\r\n${REST}`],
  ['a signature without end', `DKIM-Signature: v=1; d=b.example; h=${'from:'.repeat(20_000)}to\r\nFrom: a@b.example\r\n${REST}`],
])('an endless head does not stop the server while its sender is looked up, and sends us asking nobody: %s', async (_what, raw) => {
  let asked = 0;
  const authenticate = createAuthentication({ resolver: () => { asked += 1; return Promise.reject(new Error('none')); }, log: { warn: () => undefined } });
  const found = await authenticate(Buffer.from(raw), { client: { address: '8.8.4.4', name: 'mx' }, envelopeFrom: 'a@b.example', believed: [] });
  expect([found.verdict, asked]).toEqual(['unknown', 0]);
});
