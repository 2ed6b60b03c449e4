import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Language } from '../../../../kernel/languages.ts';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { LANGUAGE_NAMES, languageToOpen } from '../../../../platform/browser/i18n.ts';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { LanguageTabs } from '../../../../ui/components/LanguageTabs.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { WidgetView } from '../../core/contract.ts';
import type { Texts } from '../../core/visitor-contract.ts';
import { calendarsQuery, KEYS, teamsQuery } from '../queries.ts';
import { useChatText } from '../text.ts';
import { sitesIn } from './NewWidgetDialog.tsx';
import { FirstQuestions } from './FirstQuestions.tsx';
import { linesOf, toChoices } from './choices.ts';
import { draftOf, type ProactiveDraft, ProactiveFields, toProactive } from './ProactiveFields.tsx';

const USUAL = 'usual';

/** Everything about a chat but its proofs. */
export function WidgetDialog({ widget, onClose }: { widget: WidgetView; onClose: () => void }) {
  const t = useChatText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data: calendars = [] } = useQuery(calendarsQuery);
  const { data: teams = [] } = useQuery(teamsQuery);
  const [position, setPosition] = useState(widget.position);
  const [calendarId, setCalendarId] = useState(widget.calendarId ?? USUAL);
  const [teamId, setTeamId] = useState(widget.teamId ?? USUAL);
  const [allowsGuests, setAllowsGuests] = useState(widget.allowsGuests);
  const [greeting, setGreeting] = useState<Texts>(widget.greeting);
  const [choices, setChoices] = useState(() => linesOf(widget.choices));
  const [offersCalls, setOffersCalls] = useState(widget.offersCalls);
  const [first, setFirst] = useState({ intakeKinds: widget.intakeKinds, preChat: widget.preChat });
  const [language, setLanguage] = useState<Language>(() => languageToOpen(widget.greeting));
  const [proactive, setProactive] = useState<readonly ProactiveDraft[]>(widget.proactive.map(draftOf));
  const save = useMutation({
    mutationFn: (values: FormData) => api.patch(`/chat/widgets/${widget.id}`, {
      name: values.get('name'), sites: sitesIn(values.get('sites')), colour: values.get('colour'), position, calendarId: calendarId === USUAL ? null : calendarId, teamId: teamId === USUAL ? null : teamId,
      allowsGuests, greeting: Object.fromEntries(Object.entries(greeting).filter(([, text]) => text.trim() !== '')), idleMinutes: Number(values.get('idleMinutes')), closeMinutes: Number(values.get('closeMinutes')),
      proactive: proactive.map(toProactive), choices: toChoices(choices), offersCalls, ...first, version: widget.version,
    }, WidgetView),
    onSuccess: () => {
      toast({ text: t('chat.saved') });
      onClose();
    },
    onSettled: () => cache.invalidateQueries({ queryKey: KEYS.widgets }),
  });
  return (
    <Dialog isOpen onClose={onClose} title={widget.name}>
      <SaveForm verb={t('chat.save')} onSubmit={(values) => save.mutate(values)} isPending={save.isPending} onCancel={onClose} errors={fieldErrors(save.error)} problem={save.error && errorText(save.error)}>
        <TextField name="name" label={t('chat.name')} hint={t('chat.name.what')} defaultValue={widget.name} maxLength={100} autoComplete="off" isRequired />
        <TextArea name="sites" label={t('chat.sites')} hint={t('chat.sites.what')} defaultValue={widget.sites.join('\n')} rows={2} />
        <LanguageTabs label={t('chat.greeting')} names={LANGUAGE_NAMES} value={language} onChange={setLanguage} isWritten={(one) => (greeting[one] ?? '').trim() !== ''}>
          {(one) => (
            <div className="flex flex-col gap-4">
              <TextArea label={t('chat.greeting')} hint={t('chat.greeting.what')} value={greeting[one] ?? ''} onChange={(text) => setGreeting({ ...greeting, [one]: text })} maxLength={500} rows={2} />
              <TextArea label={t('chat.greeting.choices')} hint={t('chat.greeting.choices_what')} value={choices[one] ?? ''} onChange={(text) => setChoices({ ...choices, [one]: text })} maxLength={500} rows={2} />
            </div>
          )}
        </LanguageTabs>
        <FirstQuestions before={widget} value={first} onChange={setFirst} />
        <div className="flex flex-wrap gap-4">
          <TextField name="colour" label={t('chat.colour')} hint={t('chat.colour.what')} defaultValue={widget.colour} pattern="#[0-9a-fA-F]{6}" maxLength={7} isLatin isRequired />
          <Select label={t('chat.position')} value={position} onChange={setPosition} options={[{ id: 'end', label: t('chat.position.end') }, { id: 'start', label: t('chat.position.start') }]} />
        </div>
        <Select label={t('chat.hours')} hint={t('chat.hours.what')} value={calendarId} onChange={setCalendarId} options={[{ id: USUAL, label: t('chat.hours.usual') }, ...calendars.map(({ id, name }) => ({ id, label: name }))]} />
        <Select label={t('chat.team')} value={teamId} onChange={setTeamId} options={[{ id: USUAL, label: t('chat.team.anybody') }, ...teams.map(({ id, name }) => ({ id, label: name }))]} />
        <div className="flex flex-wrap gap-4">
          <TextField name="idleMinutes" type="number" label={t('chat.idle')} defaultValue={String(widget.idleMinutes)} isLatin isRequired />
          <TextField name="closeMinutes" type="number" label={t('chat.close_after')} defaultValue={String(widget.closeMinutes)} isLatin isRequired />
        </div>
        <Checkbox isSelected={allowsGuests} onChange={setAllowsGuests}>{t('chat.guests')}</Checkbox>
        <Checkbox isSelected={offersCalls} onChange={setOffersCalls} hint={t('chat.calls.what')}>{t('chat.calls')}</Checkbox>
        <ProactiveFields drafts={proactive} language={language} onChange={setProactive} />
      </SaveForm>
    </Dialog>
  );
}
