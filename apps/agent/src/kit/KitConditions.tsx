import { useState } from 'react';
import { ConditionEditor } from '../../../../features/conditions/agent/ConditionEditor.tsx';
import type { Condition } from '../../../../features/conditions/core/condition.ts';
import { describe } from '../../../../features/conditions/core/describe.ts';
import { TICKET_FIELDS } from '../../../../features/tickets/core/fields.ts';
import { localeOf, useLanguage, useT } from '../../../../platform/browser/i18n.ts';
import { Shelf } from './Shelf.tsx';

const IVAN = { id: '018f0000-0000-7000-8000-000000000001', label: 'Ivan Georgiev' };
const LAYLA = { id: '018f0000-0000-7000-8000-000000000002', label: 'ليلى حداد' };
const CHOICES = [IVAN, LAYLA];

const START: Condition = {
  version: 1,
  all: [
    { field: 'status', operator: 'in', value: ['new', 'open'] },
    { field: 'waitingSince', operator: 'older_than', value: { amount: 4, unit: 'hours' } },
    { any: [{ field: 'tags', operator: 'has_any', value: ['kettle', 'гаранция'] }, { field: 'assignee', operator: 'is', value: IVAN.id }, { field: 'subject', operator: 'contains' }] },
  ],
};

export function KitConditions() {
  const t = useT();
  const locale = localeOf(useLanguage());
  const [condition, setCondition] = useState(START);
  const nameOf = (_of: string, id: string) => CHOICES.find((choice) => choice.id === id)?.label;
  return (
    <Shelf title="Conditions">
      <div className="flex w-full min-w-0 flex-col gap-4">
        <ConditionEditor label="Conditions" fields={TICKET_FIELDS} value={condition} onChange={setCondition} choices={() => CHOICES} showFaults />
        <p className="text-13 text-ink-soft">
          <bdi>{describe(condition, TICKET_FIELDS, { locale, t, nameOf })}</bdi>
        </p>
      </div>
    </Shelf>
  );
}
