import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../kernel/languages.ts';
import { grouped } from './grouping.ts';
import { KINDS } from './kinds.ts';
import { noticeLetter } from './letter.ts';

const ticket = { number: 1042, subject: 'Kettle\r\nBcc: all@example.org <b>\u202e', link: 'https://desk.test/inbox/active/1' };
const shared = { name: 'Ana', workspace: 'Kettle & Cup', desk: 'https://desk.test/inbox/mine', settings: 'https://desk.test/settings/notices' };

test.each(LANGUAGES)('in %s every kind has words, and a subject of a stranger stays harmless', (language) => {
  for (const kind of KINDS) {
    const one = noticeLetter({ ...shared, language, count: 1, groups: grouped([{ kind, text: null, ticket }]) });
    expect(one.subject).toMatch(/^#1042 Kettle Bcc: all@example\.org <b>: \S/);
    expect(one.subject).not.toMatch(/[\r\n\u202e]|undefined/);
    expect(one.html).toContain('&lt;b&gt;');
    expect(one.html).not.toContain('<b>');
  }
  const many = noticeLetter({ ...shared, language, count: 7, groups: grouped([{ kind: 'webhook_disabled', text: null, ticket: null }, { kind: 'assigned', text: null, ticket }]) });
  expect(many.subject).toContain('(7)');
  expect(many.text).toContain('5');
  expect(many.language).toBe(language);
});

test('a rule speaks for itself', () => {
  expect(noticeLetter({ ...shared, language: 'en', count: 1, groups: grouped([{ kind: 'rule', text: 'Angry customer', ticket }]) }).subject).toContain(': Angry customer');
});

test('what is about one ticket stands together, each thing once with how often, and what is about none goes last', () => {
  const other = { number: 7, subject: 'Lid', link: 'https://desk.test/inbox/active/7' };
  const groups = grouped([
    { kind: 'webhook_disabled', text: null, ticket: null }, { kind: 'answered', text: null, ticket }, { kind: 'assigned', text: null, ticket: other },
    { kind: 'answered', text: null, ticket }, { kind: 'rule', text: 'Angry', ticket },
  ]);
  expect(groups).toEqual([
    { ticket, what: [{ kind: 'answered', text: null, count: 2 }, { kind: 'rule', text: 'Angry', count: 1 }] },
    { ticket: other, what: [{ kind: 'assigned', text: null, count: 1 }] },
    { ticket: null, what: [{ kind: 'webhook_disabled', text: null, count: 1 }] },
  ]);
  const { text, html } = noticeLetter({ ...shared, language: 'en', count: 5, groups });
  expect(text).toContain('the customer has answered (2), Angry\nhttps://desk.test/inbox/active/1');
  expect(text.match(/inbox\/active\/1/g)).toHaveLength(1);
  expect(html).toContain('<ul><li>the customer has answered (2)</li><li>Angry</li></ul>');
});
