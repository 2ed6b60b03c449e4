import type { ComponentChildren, TargetedSubmitEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { IntakeStep, Kind } from '../../../../clients/visitor/src/types.ts';
import type { Chat } from './chat.ts';
import { useSteps } from './steps.ts';
import { useStore } from './store.ts';
import { useWords, wordsIn } from './words.ts';

type Question = IntakeStep['questions'][number];

const ANSWER = 'answer';
const FEW = 6;
const MOST_REPEATED = 200;
const LONGEST_ANSWER = 2_000;

/** What is asked before a matter begins. `back`: away from what wanted to begin it. */
export function Guided({ chat, kinds, back }: { chat: Chat; kinds: readonly Kind[]; back: (() => void) | undefined }) {
  const { t } = useWords();
  const { step: { question, answers }, problem, isAsking, isComing, begin, answer, canGoBack, before } = useSteps(chat, kinds);
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    answer(wordsIn(new FormData(event.currentTarget), ANSWER));
  };
  return (
    <form ref={(form) => { if (form) begin(); }} class="questions" onSubmit={submit} aria-busy={isAsking}>
      <Waiting chat={chat} />
      {question && <Asked key={question.key} chat={chat} question={question} value={String(answers[question.key] ?? '')} />}
      {!question && !isComing && <Radios label={t('panel.about')} required options={kinds.map((one) => ({ key: one, text: t(`panel.kind.${one}`) }))} value="" />}
      <Problem code={problem} />
      <div class="sure">
        {(!isComing || problem !== null) && <button type="submit" class="send" aria-disabled={isAsking}>{t(isComing ? 'panel.try_again' : 'panel.next')}</button>}
        {canGoBack && <button type="button" class="plain" onClick={before}>{t('panel.before')}</button>}
        {back && <button type="button" class="plain" onClick={back}>{t('panel.go_back')}</button>}
      </div>
    </form>
  );
}

/** What was said too early goes out afterwards; and whether the questions have changed since they were answered. */
function Waiting({ chat }: { chat: Chat }) {
  const { t } = useWords();
  const { held, isAgain } = useStore(chat.first);
  const words = held?.text.slice(0, MOST_REPEATED) ?? '';
  return <p class="soft" role="status">{[isAgain ? t('panel.ask_again') : '', words === '' ? '' : t('panel.held', { text: words })].join(' ').trim()}</p>;
}

function Problem({ code }: { code: string | null }) {
  const { of } = useWords();
  return code === null ? null : <p class="problem" role="alert">{of('problem', code)}</p>;
}

const WRONG: Readonly<Partial<Record<Question['type'], 'panel.wrong_link' | 'panel.wrong_number'>>> = { link: 'panel.wrong_link', number: 'panel.wrong_number', money: 'panel.wrong_number' };

function Asked({ chat, question: { type, text, hint, required, options, unit, wrong }, value }: { chat: Chat; question: Question; value: string }) {
  const { t } = useWords();
  const place = useRef<HTMLDivElement>(null);
  // The new question is read out, and the keyboard stands in it.
  useEffect(() => { if (chat.mayFocus()) place.current?.querySelector<HTMLElement>('input:checked, input, textarea, select')?.focus(); }, [chat]);
  const label = <>{unit === null ? text : `${text} (${unit})`}{!required && <span class="soft"> {t('panel.optional')}</span>}</>;
  const isWrong = wrong === 'wrong';
  const told = <>{hint !== '' && <span class="soft" id="hint">{hint}</span>}{isWrong && <span class="problem" id="wrong" role="alert">{t(WRONG[type] ?? 'panel.wrong')}</span>}</>;
  const given = { name: ANSWER, required, 'aria-invalid': isWrong, 'aria-describedby': 'hint wrong' } as const;
  const isShort = options.length > 0 && options.length <= FEW;
  return (
    <div ref={place}>
      {isShort ? <Radios label={label} required={required} options={options} value={value}>{told}</Radios> : (
        <label class="question">
          <span dir="auto">{label}</span>
          {told}
          {options.length > 0
            ? <select {...given} defaultValue={value}><option value="">—</option>{options.map((option) => <option key={option.key} value={option.key}>{option.text}</option>)}</select>
            : <Written type={type} value={value} given={given} />}
        </label>
      )}
    </div>
  );
}

function Written({ type, value, given }: { type: Question['type']; value: string; given: { readonly name: string; readonly required: boolean } }) {
  if (type === 'text') return <textarea {...given} rows={2} maxLength={LONGEST_ANSWER} dir="auto" defaultValue={value} />;
  if (type === 'date') return <input {...given} type="date" dir="ltr" defaultValue={value} />;
  // What is wrong with it the server says: browsers say it in a language of their own.
  return <input {...given} type="text" inputMode={type === 'link' ? 'url' : 'decimal'} dir="ltr" maxLength={LONGEST_ANSWER} defaultValue={value} />;
}

function Radios({ label, required, options, value, children }: { label: ComponentChildren; required: boolean; options: readonly { readonly key: string; readonly text: string }[]; value: string; children?: ComponentChildren }) {
  return (
    <fieldset>
      <legend dir="auto">{label}</legend>
      {children}
      {options.map(({ key, text }) => <label class="choice" key={key}><input type="radio" name={ANSWER} value={key} required={required} defaultChecked={key === value} /><span dir="auto">{text}</span></label>)}
    </fieldset>
  );
}
