import { expect, test } from 'vitest';
import { demandOneLeft, methodsOf, nextStep, NO_FACTORS, readCode, readDigits, spellCode, type Factors } from './two-step.ts';

const totp: Factors = { totp: true, passkeys: 0, recoveryCodes: 10 };
const passkey: Factors = { totp: false, passkeys: 1, recoveryCodes: 0 };

test('who has a second step does it, unless the device is remembered; who must have one sets it up first', () => {
  const ask = (factors: Factors, required: ('owner' | 'agent')[], isRemembered = false) => nextStep({ role: 'agent', required, factors, isRemembered });
  expect(ask(NO_FACTORS, [])).toBe('in');
  expect(ask(NO_FACTORS, ['owner'])).toBe('in');
  expect(ask(NO_FACTORS, ['agent'])).toBe('enrol');
  expect(ask(NO_FACTORS, ['agent'], true), 'a remembered device is no second step of one’s own').toBe('enrol');
  for (const factors of [totp, passkey]) {
    expect(ask(factors, [])).toBe('prove');
    expect(ask(factors, ['agent'])).toBe('prove');
    expect(ask(factors, ['agent'], true)).toBe('in');
  }
  expect(ask({ ...NO_FACTORS, recoveryCodes: 3 }, []), 'codes alone are no second step').toBe('in');
});

test('ways are offered only to whom they are open, and the last one stays where one is needed', () => {
  expect(methodsOf(NO_FACTORS)).toEqual([]);
  expect(methodsOf({ totp: true, passkeys: 2, recoveryCodes: 1 })).toEqual(['passkey', 'totp', 'recovery']);
  expect(() => demandOneLeft(NO_FACTORS, true)).toThrow(/two_step\.last_one/);
  expect(() => demandOneLeft(NO_FACTORS, false)).not.toThrow();
  expect(() => demandOneLeft(passkey, true)).not.toThrow();
});

test('a code is read however it was typed, and nothing else is one', () => {
  expect(spellCode(new Uint8Array(10))).toBe('0000-0000-0000-0000');
  expect(spellCode(new Uint8Array(10).fill(255))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ');
  expect(spellCode(Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]))).toBe('0000-0000-0000-0001');
  const code = spellCode(Uint8Array.from([0x0c, 0x85, 0x8c, 0x6f, 0x61, 0x20, 0xff, 0x01, 0x11, 0x99]));
  const plain = code.replaceAll('-', '');
  for (const typed of [code, plain, plain.toLowerCase(), ` ${code.replaceAll('-', ' ')} `, code.replaceAll('-', '–'), plain.replaceAll('0', 'O').replaceAll('1', 'l')]) {
    expect(readCode(typed), typed).toBe(plain);
  }
  for (const typed of ['', plain.slice(1), `${plain}0`, `${plain.slice(1)}U`, `${plain.slice(1)}А`, 'x'.repeat(1_000)]) expect(readCode(typed), typed).toBeNull();
});

test('six digits are six digits on every keyboard', () => {
  expect(readDigits('123456')).toBe('123456');
  expect(readDigits(' 123 456 ')).toBe('123456');
  expect(readDigits('١٢٣٤٥٦')).toBe('123456');
  expect(readDigits('۰۱۲۳۴۵')).toBe('012345');
  for (const typed of ['', '12345', '1234567', '12345a', '-12345', '１２３４５６']) expect(readDigits(typed), typed).toBeNull();
});
