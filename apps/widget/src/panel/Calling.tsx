import { useRef, useState } from 'preact/hooks';
import { Refused } from '../../../../clients/visitor/src/api.ts';
import { newClientId } from '../../../../clients/visitor/src/outbox.ts';
import type { CallTime } from '../../../../clients/visitor/src/types.ts';
import type { Chat } from './chat.ts';
import { useWords, wordsIn } from './words.ts';

const NUMBER = String.raw`\+?[\d \(\)\.\/\-]{5,30}`;

/** Somebody rings, at a time when we are here: for those who would rather talk. */
export function Calling({ chat, done }: { chat: Chat; done: () => void }) {
  const { t, of } = useWords();
  const [times, setTimes] = useState<readonly CallTime[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const wish = useRef(newClientId());
  const failed = (error: unknown): void => setProblem(error instanceof Refused ? error.code : 'other');
  const load = (): void => { chat.callTimes().then(setTimes, failed); };
  const begin = (form: HTMLFormElement | null): void => { if (form && times === null && problem === null) load(); };
  const ask = async (form: FormData): Promise<void> => {
    setSending(true);
    setProblem(null);
    try {
      await chat.askForCall({ clientId: wish.current, phone: wordsIn(form, 'phone'), from: wordsIn(form, 'from'), text: wordsIn(form, 'text'), ...chat.begins() });
      done();
    } catch (error) {
      failed(error);
      setSending(false);
      if (error instanceof Refused && error.code === 'visitor.call_time_gone') load();
    }
  };
  const isNever = times?.length === 0;
  return (
    <form class="questions" ref={begin} aria-label={t('panel.call')} onSubmit={(event) => { event.preventDefault(); if (!isSending) void ask(new FormData(event.currentTarget)); }}>
      {isNever ? <p role="status">{t('panel.call_never')}</p> : <Fields times={times} />}
      {problem !== null && <p class="problem" role="alert">{of('problem', problem)}</p>}
      <div class="sure">
        {!isNever && <button type="submit" class="send" aria-disabled={times === null || isSending}>{t('panel.call_send')}</button>}
        <button type="button" class="plain" onClick={done}>{t('panel.go_back')}</button>
      </div>
    </form>
  );
}

function Fields({ times }: { times: readonly CallTime[] | null }) {
  const { t, between } = useWords();
  return (
    <>
      <label class="question"><span>{t('panel.call_phone')}</span><input type="tel" name="phone" required pattern={NUMBER} maxLength={30} autoComplete="tel" dir="ltr" autoFocus /></label>
      <label class="question"><span>{t('panel.call_when')}</span><select name="from" required disabled={times === null}>{times?.map(({ from, to }) => <option key={from} value={from}>{between(from, to)}</option>)}</select></label>
      <label class="question"><span>{t('panel.call_what')} <span class="soft">{t('panel.optional')}</span></span><textarea name="text" rows={2} maxLength={1_000} dir="auto" /></label>
    </>
  );
}
