import { useEffect, useState } from 'preact/hooks';
import type { VisitorState, WidgetLook } from '../../../../clients/visitor/src/types.ts';
import type { Chat, View } from './chat.ts';
import { Asking } from './Asking.tsx';
import { Calling } from './Calling.tsx';
import { Composer } from './Composer.tsx';
import { Ending } from './Ending.tsx';
import { Face } from './Face.tsx';
import { Finding } from './Finding.tsx';
import { Log } from './Log.tsx';
import { Notices } from './Notices.tsx';
import { Standing } from './Standing.tsx';
import { useStore } from './store.ts';
import { useWords } from './words.ts';

type Props = { chat: Chat; close: (() => void) | null };

export function Panel({ chat, close }: Props) {
  const { t, of } = useWords();
  const view = useStore(chat);
  const { look, state, refusal } = view;
  useEffect(() => {
    if (!look) return;
    document.documentElement.style.setProperty('--brand', look.colour);
    document.documentElement.style.setProperty('--on-brand', look.ink);
  }, [look]);
  useEscape(close);

  const title = look?.name ?? t('panel.title');
  const isIn = look !== null && state !== null && (refusal === null || refusal === 'unreachable');
  return (
    <main class="panel" aria-label={title}>
      <header>
        {isIn && <WhoIsThere state={state} />}
        <div class="title">
          <h1>{title}</h1>
          {isIn && <Standing state={state} />}
        </div>
        {close && <button type="button" class="icon" aria-label={t('panel.close')} onClick={close}><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg></button>}
      </header>
      {isIn ? <Talking chat={chat} view={view} look={look} state={state} /> : <p class="whole" role="status">{refusal === null ? t('panel.connecting') : of('refused', refusal)}</p>}
    </main>
  );
}

/** Whoever has it, as long as they do. */
function WhoIsThere({ state: { conversation } }: { state: VisitorState }) {
  return conversation?.state === 'active' && conversation.agent ? <Face {...conversation.agent} /> : null;
}

function useEscape(close: (() => void) | null): void {
  useEffect(() => {
    if (!close) return undefined;
    const onKey = (event: KeyboardEvent): void => { if (event.key === 'Escape' && !event.defaultPrevented) close(); };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [close]);
}

function Talking({ chat, view, look, state }: { chat: Chat; view: View; look: WidgetLook; state: VisitorState }) {
  const { t } = useWords();
  const [isCalling, setCalling] = useState(false);
  // A call begins a matter as well: what is asked first comes before it.
  if (isCalling) return <Asking chat={chat} look={look} state={state} back={() => setCalling(false)}><Calling chat={chat} done={() => setCalling(false)} /></Asking>;
  return (
    <>
      <Notices isShown={view.isShown} />
      {view.messages.length + view.drafts.length === 0 && <Finding chat={chat} />}
      <Log chat={chat} view={view} look={look} />
      <p class="line" role="status">{view.isUp ? '' : t('panel.offline')}</p>
      <Ending chat={chat} view={view} look={look} state={state} call={() => setCalling(true)} />
      <Asking chat={chat} look={look} state={state}>
        <Composer chat={chat} state={state} />
      </Asking>
    </>
  );
}
