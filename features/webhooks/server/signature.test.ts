import { expect, test } from 'vitest';
import { isSigned, newSecret, signatureHeaders } from './signature.ts';

/** From the reference libraries of Standard Webhooks. */
const SECRET = 'whsec_plJ3nmyCDGBKInavdOK15jsl';
const BODY = '{"event_type":"ping","data":{"success":true}}';
const AT = new Date(1_731_705_121_000);
const HEADERS = { 'webhook-id': 'msg_loFOjxBNrRLzqYUf', 'webhook-timestamp': '1731705121', 'webhook-signature': 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=' };
const given = { id: HEADERS['webhook-id'], seconds: HEADERS['webhook-timestamp'], signatures: HEADERS['webhook-signature'] };

test('signs as the reference libraries do', () => {
  expect(signatureHeaders([SECRET], 'msg_loFOjxBNrRLzqYUf', AT, BODY)).toEqual(HEADERS);
});

test('knows its own among several signatures, and nothing else', () => {
  const body = Buffer.from(BODY);
  const signatures = `v1a,AAAA v1,${Buffer.alloc(32).toString('base64')} ${given.signatures}`;
  expect(isSigned(SECRET, { ...given, signatures }, body, AT)).toBe(true);
  expect(isSigned(newSecret(), given, body, AT)).toBe(false);
  expect(isSigned(SECRET, { ...given, id: 'msg_other' }, body, AT)).toBe(false);
  expect(isSigned(SECRET, { ...given, id: '' }, body, AT)).toBe(false);
  expect(isSigned(SECRET, { ...given, signatures: '' }, body, AT)).toBe(false);
  for (const seconds of ['', '1e9', '-1', '1731705121.5']) expect(isSigned(SECRET, { ...given, seconds }, body, AT), seconds).toBe(false);
  for (const minutes of [-6, 6]) expect(isSigned(SECRET, given, body, new Date(AT.getTime() + minutes * 60_000))).toBe(false);
});

test('while a secret is replaced both sign, each as the reference libraries do', () => {
  const [id, at, body] = ['msg_p5jXN8AQM9LWM0D4loKWxJek', new Date(1_614_265_330_000), '{"test": 2432232314}'];
  const [secret, earlier] = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', SECRET];
  const { 'webhook-signature': signatures } = signatureHeaders([secret, earlier], id, at, body);
  const [first, second, ...more] = signatures.split(' ');
  expect(first).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  expect(second).toBe(signatureHeaders([earlier], id, at, body)['webhook-signature']);
  expect(more).toEqual([]);
  for (const one of [secret, earlier]) expect(isSigned(one, { id, seconds: '1614265330', signatures }, Buffer.from(body), at)).toBe(true);
});
