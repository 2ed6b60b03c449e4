import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { useFormat } from '../../../../platform/browser/format.ts';
import { classes } from '../../../../ui/classes.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { Switch } from '../../../../ui/components/Switch.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { CHANNELS } from '../../../tickets/core/contract.ts';
import { type PresenceState, STATES, type PresenceView } from '../../core/contract.ts';
import { chime } from '../../../../platform/browser/chime.ts';
import { useAway } from '../absence/use-away.ts';
import { ownStates } from '../queries.ts';
import { setOfferSounds, useOfferSounds } from '../sound.ts';
import { useRoutingText } from '../text.ts';
import { useChannelName } from '../words.ts';
import { BackNote } from './PresenceNotice.tsx';
import { STATE_ICONS, stateText } from './states.ts';
import { putOf, usePresenceChange } from './use-presence.ts';

type PresencePanelProps = { presence: PresenceView; hereHref: string | null; onClose: () => void };

/** State, channels, sound. Each choice holds at once. */
export function PresencePanel({ presence, hereHref, onClose }: PresencePanelProps) {
  const t = useRoutingText();
  const channelName = useChannelName();
  const format = useFormat();
  const { change } = usePresenceChange();
  const { data: own } = useQuery(ownStates);
  const options: Choice[] = [
    ...STATES.map((id) => ({ id, state: id, label: t(stateText(id)), hint: t(`routing.state.${id}.what`) })),
    ...(own?.items ?? []).map(({ id, name, state }) => ({ id, state, label: name, hint: t('routing.state.counts_as', { state: t(stateText(state)) }) })),
  ];
  const choose = (id: string) => {
    const state = STATES.find((one) => one === id);
    change({ ...(state ? { state } : { ownId: id }), reason: '' });
  };
  return (
    <div className="flex flex-col gap-4">
      <BackNote presence={presence} />
      {/* Arrow keys only walk: states that nobody means must not be said on the way to the one that is. */}
      <ListBox
        autoFocus aria-label={t('routing.presence')} selectionMode="single" disallowEmptySelection items={options} selectedKeys={[presence.own?.id ?? presence.state]}
        onSelectionChange={(keys) => { if (keys !== 'all') for (const id of keys) choose(String(id)); }} className="-mx-2 outline-none"
      >
        {(choice) => <ChoiceItem {...choice} />}
      </ListBox>
      {presence.state !== 'online' && <Reason key={presence.since} presence={presence} />}
      <fieldset className="flex flex-col gap-2 border-t border-hairline pt-3">
        <legend className="float-start mb-1 w-full text-13 font-medium">{t('routing.channels')}</legend>
        <div className="grid grid-cols-2 gap-x-3 gap-y-1.5">
          {CHANNELS.map((channel) => (
            <Switch
              key={channel}
              isSelected={presence.channels[channel] ?? true}
              onChange={(isOn) => change({ ...putOf(presence), channels: { ...presence.channels, [channel]: isOn } })}
            >
              {channelName(channel)}
            </Switch>
          ))}
        </div>
      </fieldset>
      <div className="border-t border-hairline pt-3"><SoundSwitch /></div>
      <p className="border-t border-hairline pt-3 text-13 text-ink-soft">
        {t('routing.load.yours', { used: format.number(presence.load.used), total: format.number(presence.load.total) })}
      </p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-13">
        {hereHref !== null && <Link href={hereHref} onPress={onClose}>{t('routing.here')}</Link>}
        <AwayLink presence={presence} onClose={onClose} />
        <Link href="/settings/absence" onPress={onClose}>{t('routing.absence.plan')}</Link>
      </div>
    </div>
  );
}

/** The way back stands above. */
function AwayLink({ presence, onClose }: Pick<PresencePanelProps, 'presence' | 'onClose'>) {
  const { entry } = useAway(presence.person);
  const go = () => {
    onClose();
    entry?.onAction();
  };
  return entry && !presence.absence && <Button size="small" icon={entry.icon} onPress={go}>{entry.label}</Button>;
}

type Choice = { readonly id: string; readonly state: PresenceState; readonly label: string; readonly hint: string };

/** What it means is part of its name: it is read with it. */
function ChoiceItem({ id, state, label, hint }: Choice) {
  const Icon = STATE_ICONS[state];
  return (
    <ListBoxItem
      id={id} textValue={label}
      className="flex min-h-11 cursor-default items-center gap-2.5 rounded-[4px] px-2 py-1 text-14 text-ink outline-none hover:bg-hover focus:bg-accent-tint focus:text-on-accent-tint"
    >
      {({ isSelected }) => (
        <>
          <Icon aria-hidden size={18} strokeWidth={1.75} className="shrink-0 opacity-80" />
          <span className="flex min-w-0 flex-1 flex-col">
            <bdi className="max-w-full self-start truncate">{label}</bdi> <span className="text-12 text-ink-soft">{hint}</span>
          </span>
          <Check aria-hidden size={16} className={classes('shrink-0', !isSelected && 'invisible')} />
        </>
      )}
    </ListBoxItem>
  );
}

/** For colleagues: why one is not there, in one's own words. */
function Reason({ presence }: { presence: PresenceView }) {
  const t = useRoutingText();
  const { change, isPending } = usePresenceChange();
  const [text, setText] = useState(presence.reason);
  const isNew = text.trim() !== presence.reason;
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        change({ ...putOf(presence), reason: text.trim() });
      }}
    >
      <TextField label={t('routing.reason')} optional value={text} onChange={setText} maxLength={200} autoComplete="off" className="min-w-0 flex-1" />
      {isNew && <Button type="submit" isPending={isPending}>{t('routing.save')}</Button>}
    </form>
  );
}

function SoundSwitch() {
  const t = useRoutingText();
  const isOn = useOfferSounds();
  const set = (wish: boolean) => {
    setOfferSounds(wish);
    if (wish) void chime();
  };
  return <Switch isSelected={isOn} onChange={set} hint={t('routing.sound.what')}>{t('routing.sound')}</Switch>;
}
