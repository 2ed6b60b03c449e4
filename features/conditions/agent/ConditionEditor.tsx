import { FolderPlus, Plus, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useFormat } from '../../../platform/browser/format.ts';
import { classes } from '../../../ui/classes.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { IconButton } from '../../../ui/components/IconButton.tsx';
import type { Option } from '../../../ui/components/Option.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { isFinished } from '../core/check.ts';
import { type Condition, type Group, groupOf, isTest, JOINS, joinOf, LIMITS, type Node, partsOf, type Test } from '../core/condition.ts';
import { fieldName, type Fields } from '../core/fields.ts';
import { extended, newTest, offeredOperators, replaced, tidied, withOperator, without } from './editing.ts';
import { useConditionsText, useFieldText } from './text.ts';
import { ValueField } from './ValueField.tsx';

export type ConditionEditorProps = {
  label: string;
  fields: Fields<never>;
  /** May be unfinished: tests without a value. `readCondition` says whether it can be saved. */
  value: Condition;
  onChange: (value: Condition) => void;
  /** What may be chosen where ids are asked for: people, teams. */
  choices?: (of: string) => readonly Option[];
  /** Offers what asks for a change: for rules on events. */
  changes?: boolean;
  /** Marks tests that lack a value: once somebody has tried to save. */
  showFaults?: boolean;
};

type Shared = Required<Pick<ConditionEditorProps, 'fields' | 'choices' | 'changes' | 'showFaults'>>;

const NOTHING: readonly Option[] = [];

/** Builds a condition by keyboard or pointer: rows of field, comparison and value, in groups. */
export function ConditionEditor({ label, fields, value, onChange, choices = () => NOTHING, changes = false, showFaults = false }: ConditionEditorProps) {
  const { version, ...root } = value;
  return (
    <GroupRows group={root} name={label} depth={1} shared={{ fields, choices, changes, showFaults }} onChange={(group) => onChange(tidied({ version, ...group }))} />
  );
}

type GroupRowsProps = { group: Group; name: string; depth: number; shared: Shared; onChange: (group: Group) => void };

function GroupRows({ group, name, depth, shared, onChange }: GroupRowsProps) {
  const t = useConditionsText();
  const parts = partsOf(group);
  const add = useRef<HTMLButtonElement>(null);
  const [fresh, setFresh] = useState(-1);
  const put = (part: Node) => {
    setFresh(parts.length);
    onChange(extended(group, part));
  };
  const remove = (index: number) => {
    setFresh(-1);
    onChange(without(group, index));
    add.current?.focus();
  };

  return (
    <div role="group" aria-label={name} className={classes('flex min-w-0 flex-col gap-3', depth > 1 && 'flex-1 rounded-control border border-hairline bg-sunken p-3')}>
      {(depth > 1 || parts.length > 1 || joinOf(group) === 'none') && (
        <Select
          label={`${t('conditions.match')}, ${name}`}
          labelHidden
          className="w-56 max-w-full self-start"
          options={JOINS.map((id) => ({ id, label: t(`conditions.join.${id}`) }))}
          value={joinOf(group)}
          onChange={(join) => onChange(groupOf(join, parts))}
        />
      )}
      {parts.length === 0 && <p className="text-13 text-ink-soft">{t('conditions.empty')}</p>}
      {parts.map((part, index) => (
        <Part key={index} part={part} number={index + 1} depth={depth} isFresh={index === fresh} shared={shared} onRemove={() => remove(index)} onChange={(next) => onChange(replaced(group, index, next))} />
      ))}
      <div className="flex flex-wrap gap-2">
        <Button ref={add} size="small" icon={Plus} onPress={() => put(newTest(shared.fields, shared.changes))}>
          {t('conditions.add')}
        </Button>
        {depth < LIMITS.depth && (
          <Button size="small" tone="quiet" icon={FolderPlus} onPress={() => put({ any: [newTest(shared.fields, shared.changes)] })}>
            {t('conditions.add_group')}
          </Button>
        )}
      </div>
    </div>
  );
}

type PartProps = { part: Node; number: number; depth: number; isFresh: boolean; shared: Shared; onRemove: () => void; onChange: (part: Node) => void };

function Part({ part, number, depth, isFresh, shared, onRemove, onChange }: PartProps) {
  const t = useConditionsText();
  const format = useFormat();
  const box = useRef<HTMLDivElement>(null);
  // Whoever adds a row goes on in it.
  useEffect(() => {
    if (isFresh) box.current?.querySelector('button')?.focus();
  }, [isFresh]);
  const counted = format.number(number);

  return (
    <div ref={box} className="flex min-w-0 items-start gap-2">
      {isTest(part) ? (
        <TestRow test={part} name={t('conditions.row', { number: counted })} shared={shared} onChange={onChange} />
      ) : (
        <GroupRows group={part} name={t('conditions.group', { number: counted })} depth={depth + 1} shared={shared} onChange={onChange} />
      )}
      <IconButton icon={X} size="normal" label={t(isTest(part) ? 'conditions.remove' : 'conditions.remove_group', { number: counted })} onPress={onRemove} />
    </div>
  );
}

function TestRow({ test, name, shared, onChange }: { test: Test; name: string; shared: Shared; onChange: (test: Test) => void }) {
  const t = useConditionsText();
  const say = useFieldText();
  const { fields, changes, choices, showFaults } = shared;
  const field = fields.get(test.field);
  const operators = field ? offeredOperators(field, changes) : [];
  return (
    <div role="group" aria-label={name} className="grid min-w-0 flex-1 grid-cols-[minmax(0,3fr)_minmax(0,3fr)_minmax(0,4fr)] gap-2 max-roomy:grid-cols-2 max-wide:grid-cols-1">
      <Select label={t('conditions.field')} labelHidden placeholder={t('conditions.choose')} options={fields.list.map((one) => ({ id: one.id, label: fieldName(one, say) }))}
        value={field ? field.id : null} onChange={(id) => onChange(newTest(fields, changes, id))} />
      <Select label={t('conditions.operator')} labelHidden options={operators.map((id) => ({ id, label: t(`conditions.operator.${id}`) }))}
        value={test.operator} onChange={(operator) => onChange(withOperator(test, operator))} />
      {field && <ValueField key={`${field.id} ${test.operator}`} field={field} test={test} choices={choices} onChange={onChange} />}
      {showFaults && !isFinished(test, fields) && <p role="alert" className="col-span-full text-13 text-danger-ink">{t('conditions.unfinished')}</p>}
    </div>
  );
}
