import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { RadioGroup } from '../../../../ui/components/RadioGroup.tsx';
import { EVENTS } from '../../core/causes.ts';
import type { Trigger } from '../../core/contract.ts';
import { useAutomationText } from '../text.ts';

type TriggerFieldsProps = { trigger: Trigger; /** Marks that nothing is chosen. */ isMissing: boolean; onChange: (trigger: Trigger) => void };

/** On what a rule runs: something that happens, or time that goes by. */
export function TriggerFields({ trigger, isMissing, onChange }: TriggerFieldsProps) {
  const t = useAutomationText();
  const events = trigger.on === 'event' ? trigger.events : [];
  return (
    <>
      <RadioGroup
        label={t('automation.trigger')}
        labelHidden
        value={trigger.on}
        onChange={(on) => onChange(on === 'time' ? { on } : { on, events: ['ticket.created'] })}
        options={[
          { id: 'event', label: t('automation.trigger.event'), hint: t('automation.trigger.event_hint') },
          { id: 'time', label: t('automation.trigger.time'), hint: t('automation.trigger.time_hint') },
        ]}
      />
      {trigger.on === 'event' && (
        <div role="group" aria-label={t('automation.trigger.events')} className="ms-7 grid grid-cols-2 gap-x-5 gap-y-2 max-wide:ms-0 max-wide:grid-cols-1">
          {EVENTS.map((event) => (
            <Checkbox
              key={event}
              isSelected={events.includes(event)}
              onChange={(isOn) => onChange({ on: 'event', events: EVENTS.filter((one) => (one === event ? isOn : events.includes(one))) })}
            >
              {t(`automation.event.${event}`)}
            </Checkbox>
          ))}
          {isMissing && <p role="alert" className="col-span-full text-13 text-danger-ink">{t('automation.fault.events')}</p>}
        </div>
      )}
    </>
  );
}
