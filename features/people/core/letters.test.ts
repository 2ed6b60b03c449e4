import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../kernel/languages.ts';
import { composeLetter, invitationLetter, passwordChangedLetter, resetLetter } from './letters.ts';
import { twoStepChangedLetter, twoStepResetLetter } from './two-step-letters.ts';

const link = 'https://desk.test/reset?token=abc&x=1';
const values = { name: 'Ann <b>', workspace: 'Lamp & Co', inviter: 'Bob "B"', link };

test('every letter exists in every language, with its link', () => {
  const subjects = new Set<string>();
  for (const language of LANGUAGES) {
    for (const letter of [invitationLetter, resetLetter, passwordChangedLetter, twoStepChangedLetter, twoStepResetLetter].map((write) => write({ ...values, language }))) {
      subjects.add(letter.subject);
      expect(letter.text).toContain(`\n${link}\n`);
      expect(letter.text).toContain('Ann <b>');
      expect(letter.language).toBe(language);
      expect(letter.html).toContain('href="https://desk.test/reset?token=abc&amp;x=1"');
    }
  }
  expect(subjects.size).toBe(LANGUAGES.length * 5);
});

test('a code to be typed stands in both parts, with the page for it, and only where there is one', () => {
  const typed = { code: 'ABCD-EFGH-JKMN-PQRS', at: 'https://desk.test/reset' };
  for (const language of LANGUAGES) {
    const { text, html } = resetLetter({ ...values, language, typed });
    expect(text).toContain(`\n${typed.code}\n`);
    expect(text).toContain(` ${typed.at} `);
    expect(html).toContain(`>${typed.code}</p>`);
    expect(resetLetter({ ...values, language }).text).not.toContain(typed.at + ' ');
  }
});

test('a code that belongs to an open page sends nobody to another one', () => {
  const words = { subject: 'In', greeting: 'Hello,', before: 'Here:', link: 'In', after: 'Bye.' };
  const asked = LANGUAGES.map((language) => composeLetter(language, link, words, { code: '1234 5678', at: null }).text);
  for (const text of asked) {
    expect(text).toContain('\n1234 5678\n');
    expect(text.match(/https?:/g)).toHaveLength(1);
  }
  expect(new Set(asked).size).toBe(LANGUAGES.length);
});

test('a name that ends in a full stop ends its sentence', () => {
  for (const language of LANGUAGES) {
    const { text, html } = invitationLetter({ ...values, workspace: 'Lamp Ltd.', language });
    expect(text + html).toContain('Lamp Ltd.');
    expect(text + html).not.toContain('..');
  }
});

test('names are text in the HTML part', () => {
  const { html } = invitationLetter({ ...values, language: 'en' });
  expect(html).toContain('Ann &lt;b&gt;');
  expect(html).toContain('Bob &quot;B&quot; invites you to work on customers’ questions at Lamp &amp; Co.');
  expect(html).not.toContain('<b>');
});
