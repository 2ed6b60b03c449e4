export const FIELD_TYPES = ['text', 'number', 'money', 'date', 'choice', 'tree', 'link', 'person'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** Text of all kinds, a number, or the path of a tree from its root. */
export type FieldValue = string | number | readonly string[];

/** By key; what is absent is empty. */
export type FieldValues = { readonly [key: string]: FieldValue };

/** A value that is the record's own: `constructor` is none. */
export const valueIn = (values: FieldValues, key: string): FieldValue | null => (Object.hasOwn(values, key) ? values[key] ?? null : null);

/** The definition of a field, as far as values, conditions and screens need it. */
export type FieldDefinition = {
  readonly key: string;
  readonly type: FieldType;
  readonly names: Texts;
  readonly options: readonly DefinedOption[];
  readonly currency: string | null;
};
export type DefinedOption = { readonly key: string; readonly names: Texts; readonly parent: string | null; readonly active: boolean };
export type Texts = { readonly [language in 'en' | 'bg' | 'pl' | 'ru' | 'ar']?: string | undefined };
