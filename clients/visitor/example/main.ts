import './page.css';
import { createVisitor, memoryIn, progressOf, Refused, type Language, type MessageView, type View } from '../src/index.ts';

/** The least that a screen of one's own needs: what was said, where to write, and how things stand. No framework, no bundler's tricks. */
const given = new URLSearchParams(location.search);
const place = (id: string): HTMLElement => document.getElementById(id)!;
const [log, standing, form, field] = [place('log'), place('standing'), place('form') as HTMLFormElement, place('field') as HTMLTextAreaElement];
const language = (document.documentElement.lang || 'en') as Language;
const widget = given.get('widget') ?? document.body.dataset['widget'] ?? '';

const visitor = createVisitor({
  // An app names its desk; this page is served by it.
  desk: given.get('desk') ?? location.origin, widget, language, memory: memoryIn(localStorage, `example.${widget}`), isSeen: () => document.visibilityState === 'visible',
  onUnread: (count) => { document.title = count > 0 ? `(${count}) Chat` : 'Chat'; },
});
document.addEventListener('visibilitychange', () => visitor.show(document.visibilityState === 'visible'));
addEventListener('offline', () => visitor.network(false));
addEventListener('online', () => visitor.network(true));

function stands({ refusal, isUp, state }: View): string {
  if (refusal !== null) return refusal;
  if (!state) return 'Connecting …';
  if (!isUp) return 'No connection. What you write is kept.';
  if (state.conversation?.agent && state.conversation.state === 'active') return `You are talking with ${state.conversation.agent.name}.`;
  return state.availability.place === null ? 'Write to us.' : `Your place in the queue: ${state.availability.place}`;
}

function line(text: string, from: string, note: string): HTMLElement {
  const item = document.createElement('p');
  item.className = from;
  item.dir = 'auto';
  const small = document.createElement('small');
  small.textContent = note;
  item.append(text, small);
  return item;
}

const noteOf = ({ seq, from, author, files }: MessageView, { state }: View): string =>
  [from === 'visitor' ? progressOf(seq, state!.marks) : author, ...files.map(({ name }) => name)].filter((part) => part !== '').join(' · ');

visitor.follow((view) => {
  standing.textContent = stands(view);
  log.replaceChildren(
    ...view.messages.map((message) => line(message.text, message.from, message.from === 'system' ? '' : noteOf(message, view))),
    ...view.drafts.map(({ text, problem }) => line(text, 'visitor', problem ?? (view.isUp ? 'sending …' : 'kept'))),
    ...(view.typing === null ? [] : [line('…', 'agent', view.typing)]),
  );
  log.lastElementChild?.scrollIntoView({ block: 'nearest' });
});

field.addEventListener('input', () => visitor.typing(field.value !== ''));
form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (field.value.trim() === '') return;
  visitor.say({ text: field.value.trim() });
  field.value = '';
});
place('file').addEventListener('change', ({ currentTarget }) => {
  const [file] = (currentTarget as HTMLInputElement).files ?? [];
  if (!file) return;
  visitor.upload(file, file.name).then((kept) => visitor.say({ text: '', files: [kept] }), (error: unknown) => { standing.textContent = error instanceof Refused ? error.code : 'The file did not arrive.'; });
});

visitor.comeTo(location.origin, { url: location.href.split('?')[0]!, title: document.title, referrer: '' });
