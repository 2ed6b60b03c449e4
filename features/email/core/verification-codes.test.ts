import { expect, test } from 'vitest';
import { carriesVerification } from './verification-codes.ts';

const judged = (from: string, subject: string, text: string, more: { isKnown?: boolean; isMachine?: boolean } = {}) =>
  carriesVerification({ from, subject, text, isKnown: false, isMachine: false, ...more });

test.each([
  ['no-reply@slack.com', 'Confirm your email address', 'Press the button: https://slack.com/confirm/abc', {}],
  ['noreply@accounts.google.com', 'Google verification code', 'Your Google verification code is G-482913.', {}],
  ['noreply@tm.openai.com', 'Your temporary login code', 'Enter this verification code:\n\n482 913', { isKnown: true }],
  ['hello@unknown-tool.example', 'Welcome', 'Hi I am my me,\nyour verification code is: 482913', {}],
  ['hello@unknown-tool.example', 'Verify your email', 'Press https://unknown-tool.example/v/abc', {}],
  ['no-reply@bank.example', 'Код за потвърждение', '482913 е вашият код за потвърждение', { isMachine: true }],
  ['a@sklep.example', 'Logowanie', 'Kod weryfikacyjny: 482913', {}],
  ['a@lavka.example', 'Вход', 'Ваш код подтверждения: 482913', {}],
  ['a@matjar.example', 'الدخول', 'رمز التحقق هو 482913', {}],
] as const)('%s: "%s" hands over a proof', (from, subject, text, more) => {
  expect(judged(from, subject, text, more)).toBe(true);
});

test.each([
  ['ana@example.org', 'No verification code', 'I never get the verification code for my account. My order is 48213, please help.', {}],
  ['ana@example.org', 'Код', 'Не получавам код за потвърждение на телефона си. Поръчка 48213.', {}],
  ['ana@example.org', 'Code', 'your verification code is: 482913', { isKnown: true }],
  ['billing@slack.com', 'Your invoice', 'Invoice 482913: https://slack.com/invoices', {}],
  ['ana@example.org', 'Password reset does not work', 'The link in your mail leads nowhere. What now?', {}],
  ['ana@notslack.com', 'Kettle', 'The lid is broken', {}],
] as const)('%s: "%s" does not', (from, subject, text, more) => {
  expect(judged(from, subject, text, more)).toBe(false);
});
