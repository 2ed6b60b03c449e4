import { CalendarCheck, X } from 'lucide-react';
import { memo, useMemo, useState } from 'react';
import { keysText, useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Popover } from '../../../../ui/components/Popover.tsx';
import { detectPromises } from '../../core/detector.ts';
import { PromiseFields } from '../PromiseFields.tsx';
import { useCommitmentsText } from '../text.ts';
import { hereZone, useCommitmentWords, type Given } from '../words.ts';
import { usePending } from './pending.ts';

const KEYS = { code: 'Period', mod: true } as const;

type PromisePickerProps = { ticketId: string; /** What has been written so far. */ text: string };

/** Keeps a promise that is being written as one; what was recognised in the text stands in the fields already. */
export function PromisePicker({ ticketId, text }: PromisePickerProps) {
  return <Picker ticketId={ticketId} found={useMemo(() => JSON.stringify(suggestionsIn(text)), [text])} />;
}

/** Drawn anew only when another promise is found, not with every word. */
const Picker = memo(function Picker({ ticketId, found }: { ticketId: string; found: string }) {
  const t = useCommitmentsText();
  const words = useCommitmentWords();
  const pending = usePending(ticketId);
  const [isOpen, setOpen] = useState(false);
  const suggestions = useMemo(() => JSON.parse(found) as Given[], [found]);
  const suggested = suggestions.find((one) => !pending.promises.some(({ date, time }) => date === one.date && time === one.time));
  useShortcut({ ...KEYS, label: t('commitments.make'), group: t('commitments.shortcuts') }, () => setOpen(true));
  return (
    <>
      <Popover
        label={t('commitments.make')}
        placement="top start"
        isOpen={isOpen}
        onOpenChange={setOpen}
        trigger={suggested
          ? <Button tone="quiet" size="small" icon={CalendarCheck} keys={keysText(KEYS)}>{t('commitments.suggested', { when: words.given(suggested) })}</Button>
          : <IconButton label={t('commitments.make')} icon={CalendarCheck} keys={keysText(KEYS)} />}
      >
        <Fields
          // What was typed before the editor was there is read a moment later.
          key={suggested?.what ?? ''}
          first={suggested ?? BLANK}
          onGiven={(given) => {
            pending.add(given);
            setOpen(false);
          }}
        />
      </Popover>
      {pending.promises.map((given) => (
        <span key={`${given.date} ${given.time} ${given.what}`} className="flex min-w-0 items-center gap-1 rounded-control bg-accent-tint ps-2 text-12 font-medium text-on-accent-tint" title={given.what}>
          <span className="truncate">{t('commitments.with_this', { when: words.given(given) })}</span>
          <IconButton label={t('commitments.not_after_all', { when: words.given(given) })} icon={X} onPress={() => pending.remove(given)} />
        </span>
      ))}
    </>
  );
});

const BLANK: Given = { what: '', kind: 'callback', date: '', time: '' };

const suggestionsIn = (text: string): Given[] =>
  detectPromises(text, { now: new Date(), timeZone: hereZone() }).map(({ what, kind, due }) => ({ what, kind, date: due.date, time: due.time ?? '' }));

function Fields({ first, onGiven }: { first: Given; onGiven: (given: Given) => void }) {
  const t = useCommitmentsText();
  const [given, setGiven] = useState(first);
  return (
    <Form
      className="w-88 max-w-full"
      onSubmit={() => onGiven(given)}
      footer={<Button type="submit" tone="primary">{t('commitments.promise')}</Button>}
    >
      <PromiseFields given={given} onChange={setGiven} />
      <p className="text-12 text-ink-faint">{t('commitments.made_when_sent')}</p>
    </Form>
  );
}
