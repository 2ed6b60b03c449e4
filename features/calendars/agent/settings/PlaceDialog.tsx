import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CheckboxGroup, Label } from 'react-aria-components';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { type CalendarView, PlaceView } from '../../core/contract.ts';
import { PLACE_KINDS } from '../../core/places.ts';
import { useCalendarText } from '../text.ts';
import { type Choice, NONE } from './choices.ts';
import { draftOf, mayLackHours, PARTS, type PlaceDraft, placeOf } from './place-draft.ts';

type Choices = { calendars: readonly CalendarView[]; teams: readonly Choice[]; channels: readonly Choice[]; mailboxes: readonly Choice[]; widgets: readonly Choice[] };
type PlaceDialogProps = Choices & { place: PlaceView | 'new' | null; onClose: () => void };

/** Whose hours these are. */
export function PlaceDialog({ place, onClose, ...choices }: PlaceDialogProps) {
  const t = useCalendarText();
  return (
    <Dialog isOpen={place !== null} onClose={onClose} title={t('calendars.add_place')} isDismissable={false}>
      {place && <PlaceForm place={place === 'new' ? null : place} onClose={onClose} {...choices} />}
    </Dialog>
  );
}

function PlaceForm({ place, onClose, ...choices }: Choices & { place: PlaceView | null; onClose: () => void }) {
  const t = useCalendarText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(place));
  const wish = placeOf(draft);
  const save = useMutation({
    mutationFn: (body: object) => (place ? api.put(`/calendar-places/${place.id}`, body, PlaceView) : api.post('/calendar-places', body, PlaceView)),
    onSuccess: () => {
      toast({ text: t('calendars.saved') });
      onClose();
      return cache.invalidateQueries({ queryKey: ['calendars'] });
    },
  });
  return (
    <SaveForm
      verb={t('calendars.save')} onSubmit={() => wish && save.mutate(wish)} isPending={save.isPending} isDisabled={wish === null} onCancel={onClose}
      errors={fieldErrors(save.error)} problem={save.error && errorText(save.error)}
    >
      <PlaceFields draft={draft} put={(change) => setDraft({ ...draft, ...change })} {...choices} />
    </SaveForm>
  );
}

function PlaceFields({ draft, put, calendars, teams, channels, mailboxes, widgets }: Choices & { draft: PlaceDraft; put: (change: Partial<PlaceDraft>) => void }) {
  const t = useCalendarText();
  const parts = PARTS[draft.kind];
  return (
    <>
      <Select
        label={t('calendars.for_what')} options={PLACE_KINDS.map((id) => ({ id, label: t(`calendars.kind.${id}`), hint: t(`calendars.kind_hint.${id}`) }))}
        value={draft.kind} onChange={(kind) => put({ kind })}
      />
      {parts.includes('name') && <TextField name="name" label={t('calendars.name')} value={draft.name} onChange={(name) => put({ name })} maxLength={100} autoComplete="off" isRequired />}
      {parts.includes('teamIds') && <Checks label={t('calendars.teams')} choices={teams} value={draft.teamIds} onChange={(teamIds) => put({ teamIds })} none={t('calendars.no_teams')} />}
      {parts.includes('mailboxIds') && (
        <Checks label={t('calendars.mailboxes')} choices={mailboxes} value={draft.mailboxIds} onChange={(mailboxIds) => put({ mailboxIds })} none={t('calendars.no_mailboxes')} />
      )}
      {parts.includes('widgetIds') && <Checks label={t('calendars.widgets')} choices={widgets} value={draft.widgetIds} onChange={(widgetIds) => put({ widgetIds })} none={t('calendars.no_widgets')} />}
      {parts.includes('hasPages') && <Checkbox isSelected={draft.hasPages} onChange={(hasPages) => put({ hasPages })}>{t('calendars.has_pages')}</Checkbox>}
      {parts.includes('host') && <TextField name="host" label={t('calendars.host')} hint={t('calendars.host_what')} value={draft.host} onChange={(host) => put({ host })} isLatin maxLength={253} placeholder="help.shop.example" autoComplete="off" />}
      {parts.includes('channel') && <Select label={t('calendars.kind.channel')} options={channels} value={draft.channel} onChange={(channel) => put({ channel })} isRequired />}
      <Select
        label={t('calendars.hours_there')} options={[...(mayLackHours(draft.kind) ? [{ id: NONE, label: t('calendars.no_own_hours') }] : []), ...calendars.map(({ id, name }) => ({ id, label: name }))]}
        value={draft.calendarId ?? (mayLackHours(draft.kind) ? NONE : null)} onChange={(id) => put({ calendarId: id === NONE ? null : id })} isRequired={!mayLackHours(draft.kind)}
      />
    </>
  );
}

type ChecksProps = { label: string; choices: readonly Choice[]; value: readonly string[]; onChange: (value: string[]) => void; none: string };

const Checks = ({ label, choices, value, onChange, none }: ChecksProps) => (
  <CheckboxGroup value={[...value]} onChange={onChange} className="flex flex-col gap-2">
    <Label className="text-13 font-medium">{label}</Label>
    {choices.map(({ id, label: name }) => <Checkbox key={id} value={id}><bdi>{name}</bdi></Checkbox>)}
    {choices.length === 0 && <p className="text-13 text-ink-faint">{none}</p>}
  </CheckboxGroup>
);
