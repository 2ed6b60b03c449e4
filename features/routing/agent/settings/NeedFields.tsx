import { Plus, X } from 'lucide-react';
import { type ReactNode, type RefObject, useRef } from 'react';
import { Button } from '../../../../ui/components/Button.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { DurationField, spanOf } from '../DurationField.tsx';
import { useRoutingText } from '../text.ts';
import { LEVELS } from './levels.ts';
import { type NeedDraft, newKey, type OverflowLine, RELAX_SECONDS, type SkillLine } from './queue-draft.ts';

type Named = { readonly id: string; readonly name: string };
const NO_NEED: NeedDraft = { need: 'preferred', level: 1, relax: spanOf(RELAX_SECONDS) };

type SkillFieldsProps = { skills: readonly Named[]; lines: readonly SkillLine[]; onChange: (lines: SkillLine[]) => void };

/** What whoever gets it must be able to, or had better. */
export function SkillFields({ skills, lines, onChange }: SkillFieldsProps) {
  const t = useRoutingText();
  const adding = useRef<HTMLButtonElement>(null);
  const free = skills.filter(({ id }) => !lines.some((line) => line.id === id));
  const put = (changed: SkillLine) => onChange(lines.map((line) => (line.key === changed.key ? changed : line)));
  return (
    <Lines title={t('routing.needs')} hint={t('routing.needs.what')} verb={t('routing.needs.add')} adding={adding} onAdd={free[0] && (() => onChange([...lines, { key: newKey(), id: free[0]!.id, ...NO_NEED }]))}>
      {lines.map((line) => {
        const name = skills.find(({ id }) => id === line.id)?.name ?? t('routing.gone');
        return (
          <Line key={line.key} name={name} adding={adding} onRemove={() => onChange(lines.filter(({ key }) => key !== line.key))}>
            <Select
              label={t('routing.needs.skill')} labelHidden className="min-w-40 flex-1" value={line.id} onChange={(id) => put({ ...line, id })}
              options={skills.filter(({ id }) => id === line.id || free.some((one) => one.id === id)).map(({ id, name: label }) => ({ id, label }))}
            />
            <NeedSelects of={name} value={line} onChange={(need) => put({ ...line, ...need })} />
          </Line>
        );
      })}
    </Lines>
  );
}

const SAME = 'same';

/** Whether the ticket's language matters. */
export function LanguageNeed({ value, onChange }: { value: NeedDraft | null; onChange: (value: NeedDraft | null) => void }) {
  const t = useRoutingText();
  const name = t('routing.needs.language');
  const options = [{ id: SAME, label: t('routing.needs.language.same') }, { id: 'preferred', label: t('routing.need.preferred') }, { id: 'required', label: t('routing.need.required') }];
  return (
    <div className="flex flex-col gap-3">
      <Select
        label={name} hint={t('routing.needs.language_what')} className="max-w-form" options={options} value={value?.need ?? SAME}
        onChange={(need) => onChange(need === 'preferred' || need === 'required' ? { ...(value ?? NO_NEED), need } : null)}
      />
      {value && (
        <div className="flex flex-wrap items-end gap-2">
          <LevelSelect of={name} value={value.level} onChange={(level) => onChange({ ...value, level })} />
        </div>
      )}
      {value?.need === 'required' && <Relax of={name} value={value} onChange={onChange} />}
    </div>
  );
}

function NeedSelects({ of, value, onChange }: { of: string; value: NeedDraft; onChange: (value: NeedDraft) => void }) {
  const t = useRoutingText();
  return (
    <>
      <LevelSelect of={of} value={value.level} onChange={(level) => onChange({ ...value, level })} />
      <Select
        label={t('routing.need.of', { of })} labelHidden className="w-40" value={value.need} onChange={(need) => onChange({ ...value, need })}
        options={[{ id: 'preferred' as const, label: t('routing.need.preferred') }, { id: 'required' as const, label: t('routing.need.required') }]}
      />
      {value.need === 'required' && <div className="basis-full"><Relax of={of} value={value} onChange={onChange} /></div>}
    </>
  );
}

function LevelSelect({ of, value, onChange }: { of: string; value: number; onChange: (level: number) => void }) {
  const t = useRoutingText();
  return (
    <Select
      label={t('routing.level.least_of', { of })} labelHidden className="w-48" value={String(value)} onChange={(level) => onChange(Number(level))}
      options={LEVELS.map((level) => ({ id: String(level), label: t('routing.level.least', { level: t(`routing.level.${level}`) }) }))}
    />
  );
}

function Relax({ of, value, onChange }: { of: string; value: NeedDraft; onChange: (value: NeedDraft) => void }) {
  const t = useRoutingText();
  return <DurationField label={t('routing.needs.relax', { of })} value={value.relax} onChange={(relax) => onChange({ ...value, relax })} never={t('routing.never')} units={['minutes', 'hours']} />;
}

type OverflowFieldsProps = { teams: readonly Named[]; lines: readonly OverflowLine[]; onChange: (lines: OverflowLine[]) => void };

/** Teams that help, and when. */
export function OverflowFields({ teams, lines, onChange }: OverflowFieldsProps) {
  const t = useRoutingText();
  const adding = useRef<HTMLButtonElement>(null);
  const free = teams.filter(({ id }) => !lines.some(({ teamId }) => teamId === id));
  const put = (changed: OverflowLine) => onChange(lines.map((line) => (line.key === changed.key ? changed : line)));
  return (
    <Lines title={t('routing.overflow')} hint={t('routing.overflow.what')} verb={t('routing.overflow.add')} adding={adding} onAdd={free[0] && (() => onChange([...lines, { key: newKey(), teamId: free[0]!.id, after: spanOf(RELAX_SECONDS) }]))}>
      {lines.map((line) => {
        const name = teams.find(({ id }) => id === line.teamId)?.name ?? t('routing.gone');
        return (
          <Line key={line.key} name={name} adding={adding} onRemove={() => onChange(lines.filter(({ key }) => key !== line.key))}>
            <Select
              label={t('routing.overflow.team')} className="min-w-40 flex-1" value={line.teamId} onChange={(teamId) => put({ ...line, teamId })}
              options={teams.filter(({ id }) => id === line.teamId || free.some((one) => one.id === id)).map(({ id, name: label }) => ({ id, label }))}
            />
            <DurationField label={t('routing.overflow.after')} value={line.after} onChange={(after) => put({ ...line, after })} units={['minutes', 'hours']} />
          </Line>
        );
      })}
    </Lines>
  );
}

type LinesProps = { title: string; hint: string; verb: string; adding: RefObject<HTMLButtonElement | null>; onAdd: (() => void) | undefined; children: ReactNode };

const Lines = ({ title, hint, verb, adding, onAdd, children }: LinesProps) => (
  <fieldset className="flex flex-col">
    <legend className="mb-1 text-13 font-medium">{title}</legend>
    <p className="mb-2 text-13 text-ink-faint">{hint}</p>
    {children}
    <Button ref={adding} size="small" icon={Plus} isDisabled={!onAdd} onPress={() => onAdd?.()} className="mt-1 self-start">{verb}</Button>
  </fieldset>
);

type LineProps = { name: string; adding: RefObject<HTMLButtonElement | null>; onRemove: () => void; children: ReactNode };

/** Afterwards the focus is where another one is added: what had it is gone. */
function Line({ name, adding, onRemove, children }: LineProps) {
  const t = useRoutingText();
  return (
    <div role="group" aria-label={name} className="flex items-start gap-2 border-t border-hairline py-3">
      <div className="flex min-w-0 flex-1 flex-wrap items-end gap-2">{children}</div>
      <IconButton
        icon={X} label={t('routing.remove', { name })}
        onPress={() => {
          onRemove();
          adding.current?.focus();
        }}
      />
    </div>
  );
}
