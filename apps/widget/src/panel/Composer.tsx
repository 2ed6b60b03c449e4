import { useEffect, useRef, useState } from 'preact/hooks';
import { Refused } from '../../../../clients/visitor/src/api.ts';
import type { VisitorState } from '../../../../clients/visitor/src/types.ts';
import { Articles } from './Articles.tsx';
import type { Chat } from './chat.ts';
import { Emoji } from './Emoji.tsx';
import { useWords } from './words.ts';

type Attached = { readonly key: number; readonly name: string; readonly id: string | null };
/** As the server's contract has them. */
const MAX_TEXT = 8_000;
const MAX_FILES = 10;
const MAX_FILE_BYTES = 10 * 1024 * 1024;
let files = 0;

/** Where the visitor writes. What stands in it outlives the page. */
export function Composer({ chat, state }: { chat: Chat; state: VisitorState }) {
  const { t, of } = useWords();
  const [text, setText] = useState(() => chat.keeping.get('draft') ?? '');
  const [attached, setAttached] = useState<readonly Attached[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [isDragged, setDragged] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const { conversation } = state;
  const isUploading = attached.some(({ id }) => id === null);
  const canSend = (text.trim() !== '' || attached.length > 0) && !isUploading;

  useEffect(() => { if (chat.mayFocus()) field.current?.focus(); }, [chat]);
  const write = (words: string): void => {
    setText(words);
    chat.keeping.set('draft', words);
    chat.typing(words !== '');
  };
  const send = (): void => {
    if (!canSend) return;
    chat.say(text.trim(), attached.flatMap(({ id, name }) => (id === null ? [] : [{ id, name }])));
    setText('');
    chat.keeping.remove('draft');
    setAttached([]);
    setProblem(null);
    field.current?.focus();
  };
  const add = async (file: File): Promise<void> => {
    if (file.size > MAX_FILE_BYTES) return setProblem('visitor.file_too_large');
    const key = ++files;
    setProblem(null);
    setAttached((now) => [...now, { key, name: file.name, id: null }]);
    try {
      const { id, name } = await chat.upload(file, file.name);
      setAttached((now) => now.map((one) => (one.key === key ? { key, name, id } : one)));
    } catch (error) {
      setAttached((now) => now.filter((one) => one.key !== key));
      setProblem(error instanceof Refused ? error.code : 'other');
    }
  };
  const addAll = (list: FileList | null | undefined): void => {
    for (const file of [...list ?? []].slice(0, MAX_FILES - attached.length)) void add(file);
  };
  const drop = (key: number): void => {
    setAttached((now) => now.filter((one) => one.key !== key));
    field.current?.focus();
  };
  const adding = useRef(addAll);
  adding.current = addAll;
  // Anywhere on the panel: who drags a file aims at the chat, not at a field.
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setDragged(event.type === 'dragover');
      if (event.type === 'drop') adding.current(event.dataTransfer.files);
    };
    const away = (): void => setDragged(false);
    for (const type of ['dragover', 'drop'] as const) document.addEventListener(type, over);
    document.addEventListener('dragleave', away);
    return () => {
      for (const type of ['dragover', 'drop'] as const) document.removeEventListener(type, over);
      document.removeEventListener('dragleave', away);
    };
  }, []);
  const insert = (emoji: string): void => {
    const at = field.current?.selectionEnd ?? text.length;
    write(text.slice(0, at) + emoji + text.slice(at));
    field.current?.focus();
  };

  return (
    <form class={`composer${isDragged ? ' dragged' : ''}`} onSubmit={(event) => { event.preventDefault(); send(); }}>
      <Articles chat={chat} text={text} isFirst={conversation === null || conversation.state === 'ended'} />
      {problem !== null && <p class="problem" role="alert">{of('problem', problem)}</p>}
      {attached.length > 0 && (
        <ul class="attached">
          {attached.map(({ key, name, id }) => (
            <li key={key}>
              <bdi>{id === null ? t('panel.uploading', { name }) : name}</bdi>
              {id !== null && <button type="button" class="icon small" aria-label={t('panel.remove_file', { name })} onClick={() => drop(key)}>×</button>}
            </li>
          ))}
        </ul>
      )}
      <textarea
        ref={field} rows={2} maxLength={MAX_TEXT} {...(text !== '' && { dir: 'auto' as const })} aria-label={t('panel.write')} placeholder={t('panel.write')} value={text} enterkeyhint="send"
        onInput={({ currentTarget }) => write(currentTarget.value)} onPaste={({ clipboardData }) => addAll(clipboardData?.files)}
        onKeyDown={(event) => { if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); } }}
      />
      <div class="tools">
        <input ref={picker} type="file" multiple hidden onChange={({ currentTarget }) => { addAll(currentTarget.files); currentTarget.value = ''; }} />
        <button type="button" class="icon" aria-label={t('panel.attach')} onClick={() => picker.current?.click()}><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4L14.5 7" /></svg></button>
        <Emoji pick={insert} />
        <button type="submit" class="send" aria-disabled={!canSend}>{t('panel.send')}</button>
      </div>
    </form>
  );
}
