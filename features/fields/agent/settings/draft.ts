import type { Condition } from '../../../conditions/core/condition.ts';
import { written } from '../../core/attributes.ts';
import { FieldCreate, FieldPatch, type FieldOption, type FieldView, type Subject } from '../../core/contract.ts';
import type { FieldType, Texts } from '../../core/types.ts';

/** A field while it is written. */
export type FieldDraft = {
  readonly names: Texts; readonly hints: Texts; readonly key: string;
  /** Somebody wrote it; otherwise it follows the name. */
  readonly hasOwnKey: boolean;
  readonly type: FieldType; readonly currency: string; readonly options: readonly FieldOption[];
  readonly shownWhen: Condition | null; readonly required: boolean; readonly requiredWhen: Condition | null;
};

export const draftOf = (field: FieldView | null): FieldDraft => (field
  ? {
    names: field.names, hints: field.hints, key: field.key, hasOwnKey: true, type: field.type, currency: field.currency ?? '', options: field.options as readonly FieldOption[],
    shownWhen: field.shownWhen as Condition | null, required: field.required, requiredWhen: field.requiredWhen as Condition | null,
  }
  : { names: {}, hints: {}, key: '', hasOwnKey: false, type: 'text', currency: 'EUR', options: [], shownWhen: null, required: false, requiredWhen: null });

/** What is sent; null while something is missing. */
export function bodyOf(draft: FieldDraft, subject: Subject, isThere: boolean): object | null {
  const offers = draft.type === 'choice' || draft.type === 'tree';
  const common = {
    names: written(draft.names), hints: written(draft.hints), options: offers ? draft.options.map((option) => ({ ...option, names: written(option.names) })) : [],
    currency: draft.type === 'money' ? draft.currency : null, shownWhen: draft.shownWhen, required: draft.required, requiredWhen: draft.required ? draft.requiredWhen : null,
  };
  const body = isThere ? FieldPatch.safeParse(common) : FieldCreate.safeParse({ ...common, subject, key: draft.key, type: draft.type });
  return body.data ?? null;
}
