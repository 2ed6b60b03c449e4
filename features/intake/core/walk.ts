import { type Language } from '../../../kernel/languages.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import type { Fields as Attributes } from '../../conditions/core/fields.ts';
import { fitsKept } from '../../conditions/core/predicate.ts';
import { type Carrier, nameIn, NO_FIELDS, pathIn, withFields } from '../../fields/core/attributes.ts';
import { type DefinedOption, type FieldDefinition, type FieldValue, type Texts, valueIn } from '../../fields/core/types.ts';
import { pathTo, readValue } from '../../fields/core/values.ts';
import type { IntakeStep } from './contract.ts';

/** A question as it is kept. */
export type KeptQuestion = {
  readonly key: string; readonly names: Texts; readonly hints: Texts; readonly field: string | null; readonly choices: readonly { readonly key: string; readonly names: Texts }[];
  readonly required: boolean; readonly when: Condition | null;
};
/** With what its answer is read by: the field where it lands, or its own choices. */
export type AskedQuestion = KeptQuestion & { readonly definition: FieldDefinition };

type Definition = FieldDefinition & { readonly active: boolean };

const asOption = ({ key, names }: { readonly key: string; readonly names: Texts }): DefinedOption => ({ key, names, parent: null, active: true });

/** Those that can be asked: what asks for a field that is gone, or a colleague, is left out. */
export function askable(questions: readonly KeptQuestion[], fields: readonly Definition[]): AskedQuestion[] {
  return questions.flatMap((question): AskedQuestion[] => {
    const { key, names, choices } = question;
    if (question.field === null) return [{ ...question, definition: { key, names, type: choices.length > 0 ? 'choice' : 'text', options: choices.map(asOption), currency: null } }];
    const field = fields.find((one) => one.key === question.field);
    if (!field?.active || field.type === 'person') return [];
    // Conditions call it by the key of the question; what is offered no more is offered to nobody.
    return [{ ...question, definition: { ...field, key, names, options: field.options.filter(({ active }) => active) } }];
  });
}

/** What the condition of a question may ask about: the answers before it. */
export const earlierAnswers = (questions: readonly AskedQuestion[], language: Language): Attributes<Carrier> => withFields(NO_FIELDS, questions.map(({ definition }) => definition), language);

export type Walk = {
  /** In their order, as far as the answers lead to them. */
  readonly asked: readonly AskedQuestion[];
  /** Of those that are asked: as they are kept, by the key of the question. */
  readonly answers: Readonly<Record<string, FieldValue>>;
  readonly wrong: ReadonlyMap<string, 'missing' | 'wrong'>;
};

/** Which questions the answers lead to. An answer to what is not asked counts for nothing. */
export function walk(questions: readonly AskedQuestion[], given: Readonly<Record<string, unknown>>, now: Date): Walk {
  const asked: AskedQuestion[] = [];
  const answers = new Map<string, FieldValue>();
  const wrong = new Map<string, 'missing' | 'wrong'>();
  for (const question of questions) {
    if (question.when !== null && !fitsKept(question.when, NO_FIELDS, { now }, { fields: Object.fromEntries(answers) })) continue;
    asked.push(question);
    const read = readValue(question.definition, Object.hasOwn(given, question.key) ? given[question.key] : null);
    if ('wrong' in read) wrong.set(question.key, 'wrong');
    else if (read.value !== null) answers.set(question.key, read.value);
    else if (question.required) wrong.set(question.key, 'missing');
  }
  return { asked, answers: Object.fromEntries(answers), wrong };
}

const optionText = ({ options }: FieldDefinition, key: string, language: Language): string => pathIn(options, pathTo(options, key), language);

/** What somebody is shown next, in their language. */
export const stepOf = ({ asked, wrong }: Walk, language: Language): IntakeStep => ({
  questions: asked.map(({ key, names, hints, required, definition }) => ({
    key, type: definition.type, text: nameIn(names, language), hint: nameIn(hints, language), required, unit: definition.currency, wrong: wrong.get(key) ?? null,
    options: definition.options.map((option) => ({ key: option.key, text: optionText(definition, option.key, language) })),
  })),
  isComplete: wrong.size === 0,
});

/** Below the answers that land in no field, what was written. */
export const withLines = (text: string, lines: readonly string[]): string => (lines.length === 0 ? text : [lines.join('\n'), text].filter((part) => part !== '').join('\n\n'));

/** Where the answers land: in fields of the ticket, the rest as lines of its text. */
export function landing({ asked, answers }: Pick<Walk, 'asked' | 'answers'>, language: Language): { readonly fields: Readonly<Record<string, FieldValue>>; readonly lines: readonly string[] } {
  const fields = new Map<string, FieldValue>();
  const lines: string[] = [];
  for (const { key, field, names, definition } of asked) {
    const value = valueIn(answers, key);
    if (value === null) continue;
    if (field !== null) fields.set(field, value);
    else lines.push(`${nameIn(names, language)} ${definition.type === 'choice' ? optionText(definition, String(value), language) : String(value)}`);
  }
  return { fields: Object.fromEntries(fields), lines };
}
