import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../kernel/languages.ts';
import { KINDS } from './kinds.ts';
import { noticeLetter } from './letter.ts';

const ticket = { number: 1042, subject: 'Kettle\r\nBcc: all@example.org <b>\u202e', link: 'https://desk.test/inbox/active/1' };
const shared = { name: 'Ana', workspace: 'Kettle & Cup', desk: 'https://desk.test/inbox/mine', settings: 'https://desk.test/settings/notices' };

test.each(LANGUAGES)('in %s every kind has words, and a subject of a stranger stays harmless', (language) => {
  for (const kind of KINDS) {
    const one = noticeLetter({ ...shared, language, count: 1, lines: [{ kind, text: null, ticket }] });
    expect(one.subject).toMatch(/^#1042 Kettle Bcc: all@example\.org <b>: \S/);
    expect(one.subject).not.toMatch(/[\r\n\u202e]|undefined/);
    expect(one.html).toContain('&lt;b&gt;');
    expect(one.html).not.toContain('<b>');
  }
  const many = noticeLetter({ ...shared, language, count: 7, lines: [{ kind: 'assigned', text: null, ticket }, { kind: 'webhook_disabled', text: null, ticket: null }] });
  expect(many.subject).toContain('(7)');
  expect(many.text).toContain('5');
  expect(many.language).toBe(language);
});

test('a rule speaks for itself', () => {
  expect(noticeLetter({ ...shared, language: 'en', count: 1, lines: [{ kind: 'rule', text: 'Angry customer', ticket }] }).subject).toContain(': Angry customer');
});
