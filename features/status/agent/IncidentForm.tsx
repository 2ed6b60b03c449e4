import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Checkbox } from '../../../ui/components/Checkbox.tsx';
import { SaveForm } from '../../../ui/components/SaveForm.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { COMPONENT_STATES, type ComponentState, IMPACTS, type Impact, type IncidentKind, IncidentView, type State } from '../core/contract.ts';
import { statesOf, touchedState } from '../core/standing.ts';
import { componentsQuery } from './queries.ts';
import { useStatusText } from './text.ts';
import { inOwnWords, written } from './wording.ts';
import { type Words, WordsByLanguage } from './WordsByLanguage.tsx';

export type Subject = { readonly kind: IncidentKind; readonly incident: IncidentView | null };
type Draft = {
  readonly words: Words; readonly state: State; readonly impact: Impact; readonly touched: ReadonlySet<string>; /** Null: nobody has chosen. */ readonly shows: ComponentState | null; readonly tell: boolean; readonly banner: boolean;
  readonly from: string; readonly to: string;
};
type StateOf = (id: string) => ComponentState;
type PartProps = { subject: Subject; draft: Draft; put: (change: Partial<Draft>) => void };

/** What the button says that begins one. */
export const BEGINNING = { incident: 'statuspage.new', maintenance: 'statuspage.plan', announcement: 'statuspage.announce' } as const;

const instant = (local: string): string | undefined => (local === '' ? undefined : new Date(local).toISOString());
const isOver = (state: State): boolean => state === 'resolved' || state === 'completed';
const isFull = (texts: Words['texts']): boolean => Object.keys(written(texts)).length > 0;

function bodyOf({ kind, incident }: Subject, { words, state, impact, touched, shows, tell, banner, from, to }: Draft, stateOf: StateOf) {
  const isTimed = kind !== 'incident';
  const components = isOver(state) ? [] : [...touched].map((id) => ({ id, state: isTimed ? 'under_maintenance' : shows ?? stateOf(id) }));
  const said = { state, texts: written(words.texts), components, tell, banner };
  return incident ? said : { ...said, kind, impact, titles: written(words.titles), ...(isTimed && { startsAt: instant(from), endsAt: instant(to) }) };
}

/** Begins something, or says more about it. */
export function IncidentForm({ subject, onClose }: { subject: Subject; onClose: () => void }) {
  const { kind, incident } = subject;
  const t = useStatusText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [draft, setDraft] = useState<Draft>({
    words: { titles: {}, texts: {} }, state: incident?.state ?? statesOf(kind)[0]!, impact: 'minor', touched: new Set(incident?.componentIds), shows: null, tell: true, banner: incident?.banner ?? true, from: '', to: '',
  });
  const { data: components } = useQuery(componentsQuery);
  const stateOf: StateOf = (id) => touchedState(components?.items.find((one) => one.id === id)?.state);
  const put = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const save = useMutation({
    mutationFn: () => api.post(incident ? `/status-incidents/${incident.id}/updates` : '/status-incidents', bodyOf(subject, draft, stateOf), IncidentView),
    onSuccess: () => {
      toast({ text: t('statuspage.said') });
      onClose();
      return cache.invalidateQueries({ queryKey: ['status'] });
    },
  });
  const isReady = isFull(draft.words.texts) && (incident !== null || isFull(draft.words.titles));
  const verb = incident ? 'statuspage.update' : BEGINNING[kind];

  return (
    <SaveForm verb={t(verb)} onSubmit={() => save.mutate()} isPending={save.isPending} isDisabled={!isReady} onCancel={onClose} problem={save.error && errorText(save.error)}>
      <WordsByLanguage words={draft.words} onChange={(words) => put({ words })} hasTitle={incident === null} />
      <Course subject={subject} draft={draft} put={put} />
      {!isOver(draft.state) && <Touched subject={subject} draft={draft} put={put} stateOf={stateOf} />}
      <Checkbox isSelected={draft.banner} onChange={(banner) => put({ banner })}>{t('statuspage.banner')}</Checkbox>
      <Checkbox isSelected={draft.tell} onChange={(tell) => put({ tell })}>{t('statuspage.tell')}</Checkbox>
    </SaveForm>
  );
}

/** When it is, or how far it has come. */
function Course({ subject: { kind, incident }, draft, put }: PartProps) {
  const t = useStatusText();
  if (incident === null && kind !== 'incident') {
    return (
      <div className="flex flex-wrap gap-3">
        <TextField label={t('statuspage.from')} type="datetime-local" value={draft.from} onChange={(from) => put({ from })} isLatin isRequired className="flex-1" />
        <TextField label={t('statuspage.to')} type="datetime-local" value={draft.to} onChange={(to) => put({ to })} isLatin isRequired className="flex-1" />
      </div>
    );
  }
  const steps = statesOf(kind).filter((state) => incident !== null || !isOver(state));
  return (
    <>
      <Select label={t('statuspage.step')} options={steps.map((id) => ({ id, label: t(`statuspage.step.${id}`) }))} value={draft.state} onChange={(state) => put({ state })} />
      {incident === null && <Select label={t('statuspage.impact')} options={IMPACTS.map((id) => ({ id, label: t(`statuspage.impact.${id}`) }))} value={draft.impact} onChange={(impact) => put({ impact })} />}
    </>
  );
}

function Touched({ subject: { kind }, draft: { touched, shows }, put, stateOf }: PartProps & { stateOf: StateOf }) {
  const t = useStatusText();
  const { data } = useQuery(componentsQuery);
  if (kind === 'announcement' || !data || data.items.length === 0) return null;
  const flip = (id: string, isOn: boolean) => put({ touched: new Set(isOn ? [...touched, id] : [...touched].filter((one) => one !== id)) });
  return (
    <>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-13 font-medium">{t('statuspage.touched')}</legend>
        {data.items.map(({ id, names }) => <Checkbox key={id} isSelected={touched.has(id)} onChange={(isOn) => flip(id, isOn)}>{inOwnWords(names)}</Checkbox>)}
      </fieldset>
      {kind === 'incident' && touched.size > 0 && (
        <Select label={t('statuspage.touched_state')} options={COMPONENT_STATES.map((id) => ({ id, label: t(`statuspage.state.${id}`) }))} value={shows ?? [...touched].map(stateOf).toSorted((a, b) => COMPONENT_STATES.indexOf(b) - COMPONENT_STATES.indexOf(a))[0]!} onChange={(state) => put({ shows: state })} />
      )}
    </>
  );
}
