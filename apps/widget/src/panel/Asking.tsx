import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Refused } from '../../../../clients/visitor/src/api.ts';
import type { ProfilePatch, VisitorState, WidgetLook } from '../../../../clients/visitor/src/types.ts';
import { type Chat, questionsOfProfile } from './chat.ts';
import { Guided } from './Guided.tsx';
import { useStore } from './store.ts';
import { useWords, wordsIn } from './words.ts';

type Props = { chat: Chat; look: WidgetLook; state: VisitorState; /** Away from what is asked before a call. */ back?: () => void; children: ComponentChildren };
type Question = WidgetLook['preChat'][number];

/** What the company wants to know before a matter begins; then where answers go when the visitor has left. */
export function Asking({ chat, look, state, back, children }: Props) {
  useStore(chat.first);
  const [isKnown, setKnown] = useState(() => chat.introduced.get() !== null);
  const { conversation, visitor } = state;
  const wants = chat.asks();
  if (wants.profile && !isKnown) return <Questions chat={chat} questions={questionsOfProfile(look, state)} done={() => { chat.introduced.keep({ isDone: true }); if (wants.intake) setKnown(true); else chat.answered(null); }} />;
  if (wants.intake) return <Guided chat={chat} kinds={look.intakeKinds} back={back} />;
  const wantsAddress = back === undefined && conversation !== null && conversation.state !== 'ended' && visitor.email === null && !visitor.isProven && (conversation.isMessage || conversation.state === 'waiting');
  return <>{wantsAddress && <Address chat={chat} />}{children}</>;
}

function Questions({ chat, questions, done }: { chat: Chat; questions: readonly Question[]; done: () => void }) {
  const { t, of, company } = useWords();
  const [problem, setProblem] = useState<string | null>(null);
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => { if (chat.mayFocus()) place.current?.querySelector<HTMLElement>('input')?.focus(); }, [chat]);
  const answer = async (form: FormData): Promise<void> => {
    const given = questions.flatMap(({ key }) => {
      const value = wordsIn(form, key);
      return value === '' ? [] : [[key, value] as const];
    });
    const attributes = Object.fromEntries(given.filter(([key]) => key !== 'name' && key !== 'email'));
    const profile: ProfilePatch = { ...Object.fromEntries(given.filter(([key]) => key === 'name' || key === 'email')), ...(Object.keys(attributes).length > 0 && { attributes }) };
    try {
      if (given.length > 0) await chat.profile(profile);
      done();
    } catch (error) {
      setProblem(error instanceof Refused ? error.code : 'other');
    }
  };
  return (
    <form class="questions" ref={place} onSubmit={(event) => { event.preventDefault(); void answer(new FormData(event.currentTarget)); }}>
      {questions.map(({ key, type, label, required, options }) => {
        const name = <>{company(label) ?? key}{!required && <span class="soft"> {t('panel.optional')}</span>}</>;
        return type === 'choice'
          ? <fieldset key={key}><legend>{name}</legend>{options.map(({ value, label: said }) => <label class="choice" key={value}><input type="radio" name={key} value={value} required={required} /><span>{company(said) ?? value}</span></label>)}</fieldset>
          : <label class="question" key={key}><span>{name}</span><Answer isMail={type === 'email'} name={key} required={required} /></label>;
      })}
      {problem !== null && <p class="problem" role="alert">{of('problem', problem)}</p>}
      <button type="submit" class="send">{t('panel.start')}</button>
    </form>
  );
}

function Address({ chat }: { chat: Chat }) {
  const { t, of } = useWords();
  const [problem, setProblem] = useState<string | null>(null);
  const save = (form: FormData): void => {
    chat.profile({ email: wordsIn(form, 'email') }).catch((error: unknown) => setProblem(error instanceof Refused ? error.code : 'other'));
  };
  return (
    <form class="address" onSubmit={(event) => { event.preventDefault(); save(new FormData(event.currentTarget)); }}>
      <label class="question"><span>{t('panel.address')} <span class="soft">{t('panel.address_why')}</span></span><input type="email" name="email" required autoComplete="email" maxLength={254} /></label>
      {problem !== null && <p class="problem" role="alert">{of('problem', problem)}</p>}
      <button type="submit" class="second">{t('panel.address_save')}</button>
    </form>
  );
}

function Answer({ isMail, name, required }: { isMail: boolean; name: string; required: boolean }) {
  return isMail
    ? <input type="email" name={name} required={required} maxLength={254} autoComplete="email" />
    : <input type="text" name={name} required={required} maxLength={200} dir="auto" autoComplete={name === 'name' ? 'name' : 'off'} />;
}
