import { expect, test } from 'vitest';
import { askable, type KeptQuestion, landing, stepOf, walk } from './walk.ts';

const NOW = new Date('2026-03-02T09:00:00Z');
const option = (key: string, active = true) => ({ key, names: { en: key, bg: `${key} (bg)` }, parent: null, active });
const FIELDS = [
  { key: 'product', type: 'choice', names: { en: 'Product' }, options: [option('kettle'), option('lamp'), option('sofa', false)], currency: null, active: true },
  { key: 'paid', type: 'money', names: { en: 'Paid' }, options: [], currency: 'EUR', active: true },
  { key: 'owner', type: 'person', names: { en: 'Owner' }, options: [], currency: null, active: true },
] as const;
const question = (given: Partial<KeptQuestion> & { key: string }): KeptQuestion => ({ names: { en: `${given.key}?`, bg: `${given.key} bg?` }, hints: {}, field: null, choices: [], required: false, when: null, ...given });
const QUESTIONS = askable([
  question({ key: 'what', field: 'product', required: true }),
  question({ key: 'leaks', choices: [{ key: 'yes', names: { en: 'Yes' } }, { key: 'no', names: { en: 'No' } }], required: true, when: { version: 1, all: [{ field: 'fields.choice.what', operator: 'is', value: 'kettle' }] } }),
  question({ key: 'where', when: { version: 1, all: [{ field: 'fields.choice.leaks', operator: 'is', value: 'yes' }] } }),
  question({ key: 'price', field: 'paid' }), question({ key: 'who', field: 'owner' }), question({ key: 'gone', field: 'nowhere' }),
], FIELDS);
const keys = (given: Record<string, unknown>) => walk(QUESTIONS, given, NOW).asked.map(({ key }) => key);

test('answers lead to questions; what asks for a colleague or for a field that is gone is asked of nobody', () => {
  expect(keys({})).toEqual(['what', 'price']);
  expect(keys({ what: 'kettle' })).toEqual(['what', 'leaks', 'price']);
  expect(keys({ what: 'kettle', leaks: 'yes' })).toEqual(['what', 'leaks', 'where', 'price']);
});

test('an answer to what is not asked leads nowhere and lands nowhere', () => {
  expect(keys({ what: 'lamp', leaks: 'yes' })).toEqual(['what', 'price']);
  expect(landing(walk(QUESTIONS, { what: 'lamp', leaks: 'yes', where: 'below', constructor: 'x' }, NOW), 'en')).toEqual({ fields: { product: 'lamp' }, lines: [] });
});

test('answers land in fields, the rest in words of their language', () => {
  const walked = walk(QUESTIONS, { what: 'kettle', leaks: 'no', price: '12,5' }, NOW);
  expect(landing(walked, 'bg')).toEqual({ fields: { product: 'kettle', paid: 12.5 }, lines: ['leaks bg? No'] });
});

test('what is missing and what does not fit is said, question by question', () => {
  const step = stepOf(walk(QUESTIONS, { what: 'sofa', price: 'much' }, NOW), 'en');
  expect(step.questions.map(({ key, wrong }) => [key, wrong])).toEqual([['what', 'wrong'], ['price', 'wrong']]);
  expect(stepOf(walk(QUESTIONS, {}, NOW), 'en')).toMatchObject({ isComplete: false, questions: [{ key: 'what', wrong: 'missing', options: [{ key: 'kettle' }, { key: 'lamp' }] }, { unit: 'EUR' }] });
});
