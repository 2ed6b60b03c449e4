import { Plus, X } from 'lucide-react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useT } from '../../../../platform/browser/i18n.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { METRICS, type Metric } from '../../core/metrics.ts';
import { useSlaText } from '../text.ts';
import { readDuration } from './duration.ts';
import { emptyLine, isMixed, type Place, PLACES, type TargetLine, withText, withTime } from './target-lines.ts';

type TargetFieldsProps = { lines: readonly TargetLine[]; onChange: (lines: TargetLine[]) => void; /** Lines that cannot be saved as they are; told once somebody tried. */ faults: ReadonlySet<Metric> };

/** What is promised, kind by kind, and how much time there is for it by priority. */
export function TargetFields({ lines, onChange, faults }: TargetFieldsProps) {
  const t = useSlaText();
  const put = (changed: TargetLine) => onChange(lines.map((line) => (line.metric === changed.metric ? changed : line)));
  const missing = METRICS.filter((metric) => lines.every((line) => line.metric !== metric));
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-13 font-medium">{t('sla.targets')}</legend>
      <p className="mb-1 text-13 text-ink-faint">{t('sla.targets.hint')}</p>
      {lines.map((line) => (
        <Line key={line.metric} line={line} onChange={put} isFaulty={faults.has(line.metric)} onRemove={() => onChange(lines.filter(({ metric }) => metric !== line.metric))} />
      ))}
      {missing.length > 0 && (
        <Menu
          label={t('sla.targets.add')}
          trigger={<Button size="small" icon={Plus} className="mt-1 self-start">{t('sla.targets.add')}</Button>}
          groups={[{ entries: missing.map((metric) => ({ id: metric, label: t(`sla.metric.${metric}`), onAction: () => onChange([...lines, emptyLine(metric)]) })) }]}
        />
      )}
    </fieldset>
  );
}

function Line({ line, isFaulty, onChange, onRemove }: { line: TargetLine; isFaulty: boolean; onChange: (line: TargetLine) => void; onRemove: () => void }) {
  const t = useSlaText();
  const name = t(`sla.metric.${line.metric}`);
  const time = isMixed(line) ? null : line.time;
  return (
    <div role="group" aria-label={name} className="flex flex-col gap-2 border-t border-hairline py-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="font-medium">{name}</p>
          <p className="text-13 text-ink-faint">{t(`sla.metric.${line.metric}.what`)}</p>
        </div>
        <IconButton icon={X} label={t('sla.targets.remove', { metric: name })} onPress={onRemove} />
      </div>
      <div className="grid grid-cols-[repeat(5,minmax(0,1fr))_11rem] items-start gap-2 max-roomy:grid-cols-3 max-wide:grid-cols-2">
        {PLACES.map((place) => <Time key={place} line={line} place={place} isFaulty={isFaulty} onChange={onChange} />)}
        <Select
          label={t('sla.targets.time')}
          placeholder={t('sla.targets.time.mixed')}
          options={(['working', 'calendar'] as const).map((id) => ({ id, label: t(`sla.targets.time.${id}`) }))}
          value={time}
          onChange={(chosen) => onChange(withTime(line, chosen))}
        />
      </div>
    </div>
  );
}

function Time({ line, place, isFaulty, onChange }: { line: TargetLine; place: Place; isFaulty: boolean; onChange: (line: TargetLine) => void }) {
  const t = useSlaText();
  const say = useT();
  const format = useFormat();
  const { text, time } = line.cells[place] ?? { text: '', time: line.time };
  const inDays = time === 'calendar';
  const seconds = readDuration(text, inDays);
  const isWrong = text.trim() !== '' && seconds === null;
  const isNeeded = isFaulty && place === 'any' && Object.keys(line.cells).length === 0;
  // Told as it was understood, so that nobody means four minutes and promises four hours.
  const tidy = () => { if (seconds !== null) onChange(withText(line, place, format.duration(seconds, 'narrow', inDays))); };
  return (
    <TextField
      label={place === 'any' ? t('sla.targets.any') : say(`tickets.priority.${place}`)}
      value={text}
      onChange={(typed) => onChange(withText(line, place, typed))}
      onBlur={tidy}
      {...(place !== 'any' && line.cells.any && { placeholder: line.cells.any.text })}
      maxLength={30}
      autoComplete="off"
      error={isWrong ? t('sla.targets.unreadable') : isNeeded ? t('sla.targets.needed') : undefined}
    />
  );
}
