import { expect, test } from 'vitest';
import type { FieldDefinition } from '../../fields/core/types.ts';
import { likelyMapping, readCompany, readCustomer } from './mapping.ts';

const CARD: FieldDefinition = { key: 'card', type: 'choice', names: { en: 'Loyalty card', bg: 'Карта' }, options: [{ key: 'gold', names: { en: 'Gold', bg: 'Златна' }, parent: null, active: true }], currency: null };

test.each([
  [['Id', 'Full name', 'E-mail', 'Phone', 'Loyalty card', 'Shoe size'], ['externalId', 'name', 'email', 'phone', 'fields.card', null]],
  [['Име', 'Имейл', 'Телефон', 'Фирма', 'Карта'], ['name', 'email', 'phone', 'company', 'fields.card']],
  [['Klient', 'Adres e-mail', 'Telefon', 'Telefon', 'Język'], ['name', 'email', 'phone', 'phone', 'language']],
])('heads %j are known', (heads, mapping) => {
  expect(likelyMapping('customers', heads, [CARD])).toEqual(mapping);
});

const MAPPING = ['name', 'email', 'phone', 'language', 'fields.card', null];

test('a row becomes a customer: several addresses in a cell, words for choices', () => {
  expect(readCustomer(MAPPING, [' Maria ', 'M@example.org; maria@example.com', '0888 123 456', 'bg-BG', 'златна', 'x'], [CARD])).toEqual({ row: {
    externalId: '', name: 'Maria', language: 'bg', company: '', fields: { card: 'gold' },
    identities: [{ kind: 'email', value: 'M@example.org', key: 'm@example.org' }, { kind: 'email', value: 'maria@example.com', key: 'maria@example.com' }, { kind: 'phone', value: '0888 123 456', key: '0888123456' }],
  } });
});

test.each([
  [['', '', '', '', ''], 'missing'], [['Maria', '', '', '', ''], 'missing'], [['Maria', 'maria at home', '', '', ''], 'bad_address'], [['Maria', '', '12', '', ''], 'bad_phone'],
  [['Maria', 'm@example.org', '', 'tlh', ''], 'bad_language'], [['Maria', 'm@example.org', '', '', 'platinum'], 'bad_value'], [['M'.repeat(301), 'm@example.org', '', '', ''], 'too_long'],
])('%j is refused: %s', (cells, code) => {
  expect(readCustomer(MAPPING, cells, [CARD])).toMatchObject({ fault: { code } });
});

test('a row becomes a company; addresses of the web are domains', () => {
  expect(readCompany(['name', 'domains'], ['Kettles Ltd', 'https://www.kettles.example/shop, kettles.test'], [])).toMatchObject({ row: { name: 'Kettles Ltd', domains: ['kettles.example', 'kettles.test'] } });
  expect(readCompany(['name'], [''], [])).toMatchObject({ fault: { code: 'missing', column: 'name' } });
});
