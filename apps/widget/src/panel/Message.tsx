import type { Draft } from '../../../../clients/visitor/src/conversation.ts';
import type { MessageView } from '../../../../clients/visitor/src/types.ts';
import { Face } from './Face.tsx';
import { useWords } from './words.ts';

const SHOWN = /^image\/(?:png|jpeg|gif|webp)$/;
const SAFE = /^(?:https?:|mailto:|tel:)/i;

export function MessageLine({ message, progress }: { message: MessageView; progress: 'sent' | 'delivered' | 'read' | null }) {
  const { t, time } = useWords();
  const { from, author, files, via, at } = message;
  if (from === 'system' && message.notice !== null) return <p class="notice"><Body body={message.body} /></p>;
  return (
    <article class={`message ${from}`}>
      <p class="who">{from === 'agent' && <Face name={author} face={message.face} />}<span class={from === 'visitor' ? 'unseen' : ''}>{from === 'visitor' ? t('panel.you') : author}</span></p>
      <div class="bubble">
        {message.text !== '' && <div dir="auto" class="text"><Body body={message.body} /></div>}
        {files.map((file) => <a key={file.id} class="file" href={file.url} target="_blank" rel="noreferrer">{SHOWN.test(file.contentType) ? <img src={file.url} alt={file.name} loading="lazy" /> : file.name}</a>)}
      </div>
      <p class="when"><time dateTime={at}>{time(at)}</time>{via === 'email' && ` · ${t('panel.by_mail')}`}{progress && ` · ${t(`panel.${progress}`)}`}</p>
    </article>
  );
}

/** A tree of words and links; nothing in it is HTML. */
function Body({ body }: Pick<MessageView, 'body'>) {
  return <>{body.map((spans, i) => <span class="paragraph" key={i}>{spans.map(({ text, href }, j) => (href !== undefined && SAFE.test(href) ? <a key={j} href={href} target="_blank" rel="noreferrer nofollow ugc">{text}</a> : text))}</span>)}</>;
}

type DraftProps = { draft: Draft; isUp: boolean; again: () => void; discard: () => void };

export function DraftLine({ draft: { text, files, problem }, isUp, again, discard }: DraftProps) {
  const { t, of } = useWords();
  return (
    <article class="message visitor">
      <p class="who"><span class="unseen">{t('panel.you')}</span></p>
      <div class="bubble">
        {text !== '' && <div dir="auto" class="text">{text.split('\n').map((line, i) => <span class="paragraph" key={i}>{line}</span>)}</div>}
        {files.map(({ id, name }) => <span key={id} class="file">{name}</span>)}
      </div>
      {problem === null && <p class="when">{t(isUp ? 'panel.sending' : 'panel.kept')}</p>}
      {problem !== null && (
        <p class="when problem" role="alert">
          {t('panel.not_sent', { why: of('problem', problem) })}
          {' '}<button type="button" class="plain" onClick={again}>{t('panel.again')}</button>{' '}<button type="button" class="plain" onClick={discard}>{t('panel.discard')}</button>
        </p>
      )}
    </article>
  );
}
