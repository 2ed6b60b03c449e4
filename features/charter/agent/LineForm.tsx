import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Language } from '../../../kernel/languages.ts';
import { currentLanguage, hasMessage, LANGUAGE_NAMES, useT } from '../../../platform/browser/i18n.ts';
import { Checkbox } from '../../../ui/components/Checkbox.tsx';
import { LanguageTabs } from '../../../ui/components/LanguageTabs.tsx';
import { SaveForm } from '../../../ui/components/SaveForm.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import type { PolicyView } from '../../sla/core/contract.ts';
import { METRICS, type Metric } from '../../sla/core/metrics.ts';
import { CHANNELS, PRIORITIES } from '../../tickets/core/contract.ts';
import { targetOf } from '../core/charter.ts';
import type { CharterLine } from '../core/contract.ts';
import { policiesQuery, teamsQuery } from './queries.ts';
import { useCharterText } from './text.ts';

type LineFormProps = { isPending: boolean; problem: string | null; onCancel: () => void; onSave: (line: CharterLine) => void };
const ANY = 'any';

/** Which policy is promised in public, what of it, and what customers call it. */
export function LineForm({ isPending, problem, onCancel, onSave }: LineFormProps) {
  const t = useCharterText();
  const all = useT();
  const { data } = useQuery(policiesQuery);
  const policies = data?.items.filter(({ enabled }) => enabled) ?? [];
  const [names, setNames] = useState<CharterLine['names']>({});
  // Until a language is chosen the first field has the focus; after that the tabs keep it, for the arrow keys.
  const [language, setLanguage] = useState<Language | null>(null);
  const [policyId, setPolicyId] = useState<string | null>(null);
  const [priority, setPriority] = useState<CharterLine['priority']>('normal');
  const [channel, setChannel] = useState<CharterLine['channel']>(null);
  const [teamId, setTeamId] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<Metric>>(new Set());
  const policy = policies.find(({ id }) => id === policyId);
  const offered = METRICS.filter((metric) => policy && targetOf(policy.targets, metric, priority));
  const metrics = offered.filter((metric) => chosen.has(metric));
  const named = Object.fromEntries(Object.entries(names).flatMap(([of, text]) => (text?.trim() ? [[of, text.trim()]] : [])));

  return (
    <SaveForm verb={t('charterpage.add')} isPending={isPending} isDisabled={!policy || metrics.length === 0 || Object.keys(named).length === 0} onCancel={onCancel} problem={problem} onSubmit={() => policy && onSave({ policyId: policy.id, names: named, metrics, priority, channel, teamId })}>
      <LanguageTabs label={t('charterpage.name')} names={LANGUAGE_NAMES} value={language ?? currentLanguage()} onChange={setLanguage} isWritten={(one) => Boolean(names[one]?.trim())}>
        {(one) => <TextField label={t('charterpage.name')} hint={t('charterpage.name_hint')} value={names[one] ?? ''} onChange={(text) => setNames({ ...names, [one]: text })} maxLength={100} autoComplete="off" autoFocus={language === null} />}
      </LanguageTabs>
      <Select label={t('charterpage.policy')} hint={t('charterpage.policy_hint')} options={policies.map((one) => ({ id: one.id, label: nameOf(one, all) }))} value={policyId} onChange={setPolicyId} />
      <div className="flex flex-wrap gap-3">
        <Select label={t('charterpage.priority')} className="flex-1" options={PRIORITIES.map((id) => ({ id, label: t(`charterpage.priority.${id}`) }))} value={priority} onChange={setPriority} />
        <Select label={t('charterpage.channel')} className="flex-1" options={[ANY, ...CHANNELS].map((id) => ({ id, label: t(`charterpage.channel.${id as typeof CHANNELS[number] | 'any'}`) }))} value={channel ?? ANY} onChange={(id) => setChannel(CHANNELS.find((one) => one === id) ?? null)} />
      </div>
      <TeamChoice value={teamId} onChange={setTeamId} />
      {policy && (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-13 font-medium">{t('charterpage.metrics')}</legend>
          {offered.length === 0 && <p className="text-13 text-ink-soft">{t('charterpage.no_metric')}</p>}
          {offered.map((metric) => <Checkbox key={metric} isSelected={chosen.has(metric)} onChange={(isOn) => setChosen(new Set(isOn ? [...chosen, metric] : [...chosen].filter((one) => one !== metric)))}>{t(`charterpage.metric.${metric}`)}</Checkbox>)}
        </fieldset>
      )}
    </SaveForm>
  );
}

function TeamChoice({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const t = useCharterText();
  const { data: teams = [] } = useQuery(teamsQuery);
  if (teams.length === 0) return null;
  const options = [{ id: ANY, label: t('charterpage.team.any') }, ...teams.map(({ id, name }) => ({ id, label: name }))];
  return <Select label={t('charterpage.team')} hint={t('charterpage.team_hint')} options={options} value={value ?? ANY} onChange={(id) => onChange(id === ANY ? null : id)} />;
}

/** Those that come with the house are called in the reader's language. */
const nameOf = ({ name, readyMade }: PolicyView, t: ReturnType<typeof useT>): string => (readyMade && hasMessage(`sla.ready.${readyMade}`) ? t(`sla.ready.${readyMade}`) : name);
