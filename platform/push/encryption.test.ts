import { createECDH } from 'node:crypto';
import { expect, test } from 'vitest';
import { areBrowserKeys, encryptedFor, MOST_PLAIN_BYTES } from './encryption.ts';

const KEYS = { p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4', auth: 'BTBZMqHH6r4Tts7J_aSIgg' };

test('the example of RFC 8291, appendix A', () => {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url');
  expect(encryptedFor(KEYS, Buffer.from('When I grow up, I want to be a watermelon'), { salt: Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'), pair }).toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN');
});

test('short messages look alike, and what is too long or for no key is refused', () => {
  expect(encryptedFor(KEYS, Buffer.from('a'), { padTo: 512 }).length).toBe(encryptedFor(KEYS, Buffer.alloc(500), { padTo: 512 }).length);
  expect(encryptedFor(KEYS, Buffer.alloc(MOST_PLAIN_BYTES)).length).toBe(4096);
  expect(() => encryptedFor(KEYS, Buffer.alloc(MOST_PLAIN_BYTES + 1))).toThrow(/at most/);
  const offCurve = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 7)]).toString('base64url');
  expect([KEYS, { ...KEYS, auth: 'short' }, { ...KEYS, p256dh: offCurve }, { ...KEYS, p256dh: '' }].map(areBrowserKeys)).toEqual([true, false, false, false]);
});
