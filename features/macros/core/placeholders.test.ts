import { expect, test } from 'vitest';
import { fillPlaceholders, unknownPlaceholders } from './placeholders.ts';

const values = {
  'customer.name': 'Мария Петрова', 'customer.first_name': 'Мария', 'customer.email': 'maria@example.org', 'ticket.number': '1042',
  'ticket.subject': 'Kettle', 'agent.name': 'Ivan', 'workspace.name': 'Kettles & Co',
};

test('known names are filled in, with or without spaces', () => {
  expect(fillPlaceholders('<p>Hello {{customer.first_name}}, about {{ ticket.number }}</p>', values)).toBe('<p>Hello Мария, about 1042</p>');
});

test.each([
  ['{{customer.nmae}}', ['customer.nmae']],
  ['{{constructor}}', ['constructor']],
  ['{{ }}', ['']],
  ['{% if x %}', ['{% if x %}']],
  ['{{ customer.name | upcase }}', ['{{ customer.name | u']],
  ['{{customer.name', ['{{customer.name']],
  ['{{customer.name}} {curly} 100 %', []],
])('%s is refused for %j', (html, unknown) => {
  expect(unknownPlaceholders(html)).toEqual(unknown);
});
