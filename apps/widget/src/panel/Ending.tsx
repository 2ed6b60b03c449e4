import { useEffect, useRef, useState } from 'preact/hooks';
import { Refused } from '../../../../clients/visitor/src/api.ts';
import type { MessageView, VisitorState, WidgetLook } from '../../../../clients/visitor/src/types.ts';
import type { Chat, View } from './chat.ts';
import { useWords, wordsIn } from './words.ts';

const SCORES = [1, 2, 3, 4, 5] as const;

type Props = { chat: Chat; view: View; look: WidgetLook; state: VisitorState; call: () => void };

/** How a conversation ends: by the visitor's wish, with a word on how it was, and with a copy for those who want one. */
export function Ending({ chat, view, look, state, call }: Props) {
  const { t, of } = useWords();
  const [problem, setProblem] = useState<string | null>(null);
  const { conversation } = state;
  const trying = (work: Promise<unknown>): void => {
    setProblem(null);
    work.catch((error: unknown) => setProblem(error instanceof Refused ? error.code : 'other'));
  };
  const own = view.messages.filter(({ conversationId }) => conversationId === conversation?.id);
  const isAnswered = own.some(({ from }) => from === 'agent');
  const isOver = conversation?.state === 'ended';
  return (
    <div class="ending">
      {problem !== null && <p class="problem" role="alert">{of('problem', problem)}</p>}
      {isOver && isAnswered && <Rating key={conversation.id} given={conversation.rating} rate={(score, comment) => trying(chat.rate(score, comment))} />}
      {look.offersCalls && <button type="button" class="plain" onClick={call}>{t('panel.call')}</button>}
      {canCopy(state, own) && <button type="button" class="plain" onClick={() => trying(chat.transcript())}>{t('panel.transcript')}</button>}
      {look.proactive.length > 0 && <Quiet chat={chat} state={state} />}
      {!isOver && own.length > 0 && <End end={() => trying(chat.end())} />}
    </div>
  );
}

const canCopy = ({ visitor }: VisitorState, own: readonly MessageView[]): boolean =>
  visitor.email !== null && own.some(({ from }) => from === 'agent') && !own.some(({ notice }) => notice === 'transcript_sent');

function Quiet({ chat, state: { visitor: { doNotDisturb } } }: Pick<Props, 'chat' | 'state'>) {
  const { t } = useWords();
  return <button type="button" class="plain" aria-pressed={doNotDisturb} onClick={() => void chat.quiet(!doNotDisturb)}>{t('panel.quiet')}</button>;
}

/** Asked once more, since it is a button beside others. */
function End({ end }: { end: () => void }) {
  const { t } = useWords();
  const [isAsked, setAsked] = useState(false);
  const near = useRef<HTMLButtonElement>(null);
  const isFirst = useRef(true);
  // What was pressed is gone: the keyboard goes on at what stands there instead.
  useEffect(() => {
    if (!isFirst.current) near.current?.focus();
    isFirst.current = false;
  }, [isAsked]);
  if (!isAsked) return <button ref={near} type="button" class="plain" onClick={() => setAsked(true)}>{t('panel.end')}</button>;
  return (
    <div class="sure" role="group" aria-label={t('panel.end')}>
      <p>{t('panel.end_sure')}</p>
      <button type="button" class="second" onClick={() => { setAsked(false); end(); }}>{t('panel.end')}</button>
      <button ref={near} type="button" class="plain" onClick={() => setAsked(false)}>{t('panel.go_on')}</button>
    </div>
  );
}

function Rating({ given, rate }: { given: number | null; rate: (score: number, comment: string) => void }) {
  const { t } = useWords();
  const [score, setScore] = useState<number | null>(given);
  if (given !== null) return <p role="status">{t('panel.rated', { score: given })}</p>;
  return (
    <form class="rating" onSubmit={(event) => { event.preventDefault(); if (score !== null) rate(score, wordsIn(new FormData(event.currentTarget), 'comment')); }}>
      <fieldset>
        <legend>{t('panel.rate')}</legend>
        {SCORES.map((one) => (
          <label key={one}><input type="radio" name="score" value={one} required aria-label={t('panel.rate_of', { score: one })} onChange={() => setScore(one)} /><span aria-hidden="true">{score !== null && one <= score ? '★' : '☆'}</span></label>
        ))}
      </fieldset>
      {score !== null && (
        <>
          <label class="question"><span>{t('panel.rate_comment')} <span class="soft">{t('panel.optional')}</span></span><textarea name="comment" rows={2} maxLength={1_000} dir="auto" /></label>
          <button type="submit" class="second">{t('panel.rate_send')}</button>
        </>
      )}
    </form>
  );
}
