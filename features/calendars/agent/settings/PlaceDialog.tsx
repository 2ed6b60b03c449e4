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
import { PLACE_KINDS, type PlaceKind } from '../../core/places.ts';
import { useCalendarText } from '../text.ts';
import type { Choice } from './PlacesPart.tsx';

type Choices = { calendars: readonly CalendarView[]; teams: readonly Choice[]; channels: readonly Choice[]; mailboxes: readonly Choice[] };
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

/** What each kind of place is made of. */
const PARTS: Record<PlaceKind, readonly ('name' | 'teams' | 'mailboxes' | 'channel')[]> = {
  team_channel: ['teams', 'channel'], team: ['teams'], office: ['name', 'teams'], brand: ['name', 'mailboxes'], channel: ['channel'],
};

function PlaceForm({ place, calendars, teams, channels, mailboxes, onClose }: Choices & { place: PlaceView | null; onClose: () => void }) {
  const t = useCalendarText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [kind, setKind] = useState<PlaceKind>(place?.kind ?? 'team');
  const [teamIds, setTeams] = useState<string[]>([...(place?.teamIds ?? [])]);
  const [mailboxIds, setMailboxes] = useState<string[]>([...(place?.mailboxIds ?? [])]);
  const [channel, setChannel] = useState<string | null>(place?.channel ?? null);
  const [calendarId, setCalendar] = useState<string | null>(place?.calendarId ?? null);
  const parts = PARTS[kind];
  const save = useMutation({
    mutationFn: (values: FormData) => {
      const body = {
        kind, calendarId, ...(parts.includes('name') && { name: values.get('name') }), ...(parts.includes('teams') && { teamIds }), ...(parts.includes('mailboxes') && { mailboxIds }),
        ...(parts.includes('channel') && { channel }),
      };
      return place ? api.put(`/calendar-places/${place.id}`, body, PlaceView) : api.post('/calendar-places', body, PlaceView);
    },
    onSuccess: () => {
      toast({ text: t('calendars.saved') });
      onClose();
      return cache.invalidateQueries({ queryKey: ['calendars'] });
    },
  });
  const isWhole = calendarId !== null && (!parts.includes('teams') || teamIds.length > 0) && (!parts.includes('mailboxes') || mailboxIds.length > 0) && (!parts.includes('channel') || channel !== null);
  return (
    <SaveForm
      verb={t('calendars.save')} onSubmit={(values) => save.mutate(values)} isPending={save.isPending} isDisabled={!isWhole} onCancel={onClose}
      errors={fieldErrors(save.error)} problem={save.error && errorText(save.error)}
    >
      <Select label={t('calendars.for_what')} options={PLACE_KINDS.map((id) => ({ id, label: t(`calendars.kind.${id}`), hint: t(`calendars.kind_hint.${id}`) }))} value={kind} onChange={setKind} />
      {parts.includes('name') && <TextField name="name" label={t('calendars.name')} defaultValue={place?.name ?? ''} maxLength={100} autoComplete="off" isRequired />}
      {parts.includes('teams') && <Checks label={t('calendars.teams')} choices={teams} value={teamIds} onChange={setTeams} none={t('calendars.no_teams')} />}
      {parts.includes('mailboxes') && <Checks label={t('calendars.mailboxes')} choices={mailboxes} value={mailboxIds} onChange={setMailboxes} none={t('calendars.no_mailboxes')} />}
      {parts.includes('channel') && <Select label={t('calendars.kind.channel')} options={channels} value={channel} onChange={setChannel} isRequired />}
      <Select label={t('calendars.hours_there')} options={calendars.map(({ id, name }) => ({ id, label: name }))} value={calendarId} onChange={setCalendar} isRequired />
    </SaveForm>
  );
}

type ChecksProps = { label: string; choices: readonly Choice[]; value: string[]; onChange: (value: string[]) => void; none: string };

const Checks = ({ label, choices, value, onChange, none }: ChecksProps) => (
  <CheckboxGroup value={value} onChange={onChange} className="flex flex-col gap-2">
    <Label className="text-13 font-medium">{label}</Label>
    {choices.map(({ id, label: name }) => <Checkbox key={id} value={id}><bdi>{name}</bdi></Checkbox>)}
    {choices.length === 0 && <p className="text-13 text-ink-faint">{none}</p>}
  </CheckboxGroup>
);
