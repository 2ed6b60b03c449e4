import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import type { Editor } from '@tiptap/core';
import { beforeEach, expect, test, vi } from 'vitest';
import { renderScreen } from '../../../../testing/screen.tsx';
import { answering, anEntry, aTicket, AtDesk, AT, MARIA } from '../../../../testing/ticket-desk.tsx';
import type { EntryView } from '../../core/contract.ts';
import { Composer } from './Composer.tsx';
import type { Mode } from './sending.ts';

beforeEach(() => {
  localStorage.clear();
  // jsdom draws nothing, so it knows of no places on the screen.
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
  document.elementFromPoint = () => null;
  Range.prototype.getClientRects = () => Object.assign([], { item: () => null }) as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect = () => new DOMRect();
});

const mailbox = { name: 'Shop', address: 'support@shop.example' };
const maria = { name: MARIA.name, address: MARIA.email };
const boss = { name: '', address: 'boss@example.org' };
let person = 0;

type Desk = { reply?: EntryView | (() => unknown); draft?: string; mode?: Mode; entries?: readonly EntryView[]; to?: readonly string[] };

/** Writes on a ticket of its own, as a person of their own, so that no draft of another test is in the way. */
async function write({ reply = anEntry(50, { direction: 'out' }), draft, mode = 'reply', entries = [anEntry(1)], to }: Desk) {
  person += 1;
  const ticket = aTicket(person);
  const body = draft === undefined ? undefined : { html: draft, attachmentIds: [], ...(to && { to }) };
  const server = answering({
    'GET /drafts': () => body && { body, version: 1, updatedAt: AT, attachments: [] },
    'PUT /drafts': (saved) => ({ body: saved, version: 2, updatedAt: AT, attachments: [] }),
    'DELETE /drafts': () => null,
    [`GET /tickets/${ticket.id}/recipients`]: () => ({ from: mailbox, to: [maria], cc: [boss], undeliverable: [] }),
    [`POST /tickets/${ticket.id}/replies`]: () => (typeof reply === 'function' ? reply() : reply),
    [`DELETE /tickets/${ticket.id}/replies`]: () => null,
    [`POST /tickets/${ticket.id}/notes`]: () => anEntry(51, { type: 'note', direction: 'internal' }),
  });
  const onClose = vi.fn();
  await renderScreen(
    <AtDesk me={{ id: `00000000-0000-7000-8000-${String(900 + person).padStart(12, '0')}` }}>
      <Composer onShared={() => undefined} ticket={ticket} mode={mode} onMode={vi.fn()} forwarding={null} entries={entries} autoFocus={false} onClose={onClose} savedReplies={null} />
    </AtDesk>,
  );
  const sent = () => server.asked.map((request, index) => ({ request, body: server.bodies[index] })).filter(({ request }) => request.startsWith('POST'));
  return { ...server, sent, onClose };
}

const sendButton = (name: RegExp) => waitFor(() => {
  const button = screen.getByRole('button', { name });
  if (button.hasAttribute('disabled')) throw new Error('still disabled');
  return button;
});

test('says plainly to whom and from where it goes, and offers the others', async () => {
  const { sent } = await write({ draft: '<p>Thank you.</p>' });
  expect(await screen.findByText(/From .*support@shop\.example/)).toBeTruthy();
  expect(screen.getByRole('row', { name: /maria@example\.org/ })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Reply to all (one more person)' }));
  expect(screen.getByRole('row', { name: /boss@example\.org/ })).toBeTruthy();

  fireEvent.click(await sendButton(/^Send and wait for the customer/));
  await waitFor(() => expect(sent()).toHaveLength(1));
  expect(sent()[0]?.body).toEqual({ html: '<p>Thank you.</p>', attachmentIds: [], to: [MARIA.email], cc: [boss.address], status: 'waiting_customer', seenEntryId: anEntry(1).id });
});

test('what came meanwhile is shown before the answer goes, and then sent anyway', async () => {
  const came = anEntry(2, { text: 'Please wait, I found it.' });
  const unseen = Response.json({ code: 'reply.unseen', entries: [{ id: came.id, direction: 'in', channel: 'email', author: MARIA.name, text: came.text, createdAt: came.createdAt }] }, { status: 409 });
  const answers = [unseen, anEntry(50, { direction: 'out' })];
  const { sent, onClose } = await write({ draft: '<p>We looked everywhere.</p>', reply: () => answers.shift() });
  fireEvent.click(await sendButton(/^Send and wait/));
  expect(await screen.findByText('Please wait, I found it.')).toBeTruthy();
  expect(onClose).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Send anyway' }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(sent().map(({ body }) => (body as { seenEntryId: string }).seenEntryId)).toEqual([anEntry(1).id, came.id]);
});

test('asks once about a forgotten attachment, and sends anyway when told to', async () => {
  const { sent, onClose } = await write({ draft: '<p>I have attached the label.</p>' });
  fireEvent.click(await sendButton(/^Send and wait/));
  expect(await screen.findByText(/You write “.*attached.*”, but nothing is attached/)).toBeTruthy();
  expect(sent()).toEqual([]);

  fireEvent.click(screen.getByRole('button', { name: 'Send anyway' }));
  await waitFor(() => expect(sent()).toHaveLength(1));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
});

test('names a recipient who is new to the talk', async () => {
  await write({ draft: '<p>Thank you.</p>', to: [MARIA.email, 'stranger@elsewhere.example'] });
  fireEvent.click(await sendButton(/^Send and wait/));
  expect(await screen.findByText(/stranger@elsewhere\.example.* has not taken part/)).toBeTruthy();
});

test('a note that reads like a letter is held back until confirmed', async () => {
  const { sent } = await write({ mode: 'note', draft: '<p>Done. Kind regards, Ivan</p>' });
  expect(await screen.findByText('Only colleagues see this, never the customer.')).toBeTruthy();
  fireEvent.click(await sendButton(/^Save note/));
  fireEvent.click(await screen.findByRole('button', { name: 'Save anyway' }));
  await waitFor(() => expect(sent()[0]?.request).toMatch(/\/notes$/));
});

test('nothing can be sent before something is written', async () => {
  await write({});
  expect((await screen.findByRole('button', { name: /^Send and wait/ })).hasAttribute('disabled')).toBe(true);
});

test('what is quoted alone cannot be sent; it can with the first letters below it, and no more without them', async () => {
  await write({ draft: '<blockquote><p>What you asked</p></blockquote><p></p>' });
  const box = (await screen.findByText('What you asked')).closest<HTMLElement & { editor: Editor }>('.letter')!;
  const send = screen.getByRole('button', { name: /^Send and wait/ });
  expect(send.hasAttribute('disabled')).toBe(true);
  const end = box.editor.state.doc.content.size - 1;
  act(() => void box.editor.commands.insertContentAt(end, 'Yes'));
  await waitFor(() => expect(send.hasAttribute('disabled')).toBe(false));
  expect(await screen.findByText('Draft saved', undefined, { timeout: 5_000 })).toBeTruthy();
  act(() => void box.editor.commands.deleteRange({ from: end, to: end + 3 }));
  await waitFor(() => expect(send.hasAttribute('disabled')).toBe(true));
});

test('whoever sends with the last letter sends that letter, too', async () => {
  const { sent } = await write({ draft: '<p>It leaves tomorro</p>' });
  await sendButton(/^Send and wait/);
  const box = (await screen.findByText('It leaves tomorro')).closest<HTMLElement & { editor: Editor }>('.letter')!;
  // In one go: nothing is drawn in between.
  act(() => {
    box.editor.commands.insertContentAt(box.editor.state.doc.content.size - 1, 'w');
    fireEvent.keyDown(box, { key: 'Enter', ctrlKey: true });
  });
  await waitFor(() => expect(sent()).toHaveLength(1));
  expect(sent()[0]?.body).toMatchObject({ html: expect.stringContaining('It leaves tomorrow') as string });
});

test('a draft of yesterday is in the editor again', async () => {
  await write({ draft: '<p>Half a sentence</p>' });
  expect(await screen.findByText('Half a sentence')).toBeTruthy();
  expect(screen.getByText('Draft saved')).toBeTruthy();
});

test('a refusal keeps the words and says why', async () => {
  await write({ draft: '<p>Thank you.</p>' });
  await screen.findByText('Thank you.');
  vi.stubGlobal('fetch', async () => Response.json({ status: 503, code: 'db.busy' }, { status: 503 }));
  fireEvent.click(await sendButton(/^Send and wait/));
  expect(await screen.findByText(/The server is busy/)).toBeTruthy();
  expect(screen.getByText('Thank you.')).toBeTruthy();
});

test('what was sent can be taken back while it counts down, and its words are written on', async () => {
  const delivery = { mailId: '00000000-0000-7000-8000-000000000077', state: 'queued', undoUntil: new Date(Date.now() + 9_000).toISOString(), at: null, response: null, attempts: 0 } as const;
  const { asked, bodies } = await write({ draft: '<p>Too early.</p>', reply: anEntry(60, { direction: 'out', delivery }) });
  fireEvent.click(await sendButton(/^Send and wait/));
  await screen.findAllByText(/Sends in \d s/);

  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(asked.some((request) => request.endsWith(`/replies/${anEntry(60).id}`))).toBe(true));
  expect(await screen.findByText('Too early.')).toBeTruthy();
  await waitFor(() => expect(bodies).toContainEqual({ html: '<p>Too early.</p>', to: [MARIA.email], cc: [], attachmentIds: [] }), { timeout: 3_000 });
});

/** What takes a file: jsdom's own would knock at a real door. */
function taking(): readonly string[] {
  const taken: string[] = [];
  vi.stubGlobal('XMLHttpRequest', class extends EventTarget {
    readonly upload = new EventTarget();
    readonly status = 201;
    responseText = '';
    open(_method: string, url: string): void { this.responseText = url; }
    setRequestHeader(): void { /* nobody reads them */ }
    abort(): void { /* nothing to stop */ }
    send(file: File): void {
      const name = new URL(this.responseText, 'http://desk.test').searchParams.get('name')!;
      taken.push(name);
      this.responseText = JSON.stringify({ id: `00000000-0000-7000-8000-00000000070${taken.length}`, name, contentType: file.type, size: file.size, sha256: 'f'.repeat(64) });
      this.dispatchEvent(new Event('load'));
    }
  });
  return taken;
}

test('files that are dragged or pasted go with the letter, wherever they are let go', async () => {
  const taken = taking();
  const { sent } = await write({ draft: '<p>See the pictures.</p>' });
  const letter = await waitFor(() => {
    const editor = screen.getAllByRole('textbox').find((box) => box.isContentEditable || box.getAttribute('contenteditable') === 'true');
    if (!editor) throw new Error('not there yet');
    return editor;
  });
  const files = (name: string) => ({ files: [new File(['x'], name, { type: 'image/png' })], types: ['Files'], getData: () => '' });
  fireEvent.drop(screen.getByRole('region', { name: 'Write' }), { dataTransfer: files('beside.png') });
  await screen.findByText('beside.png');
  fireEvent.paste(letter, { clipboardData: files('pasted.png') });
  await screen.findByText('pasted.png');
  fireEvent.drop(letter, { dataTransfer: files('dropped.png') });
  await screen.findByText('dropped.png');
  expect(taken).toEqual(['beside.png', 'pasted.png', 'dropped.png']);

  fireEvent.click(await sendButton(/^Send and wait/));
  await waitFor(() => expect(sent()).toHaveLength(1));
  expect(sent()[0]?.body).toMatchObject({ attachmentIds: [1, 2, 3].map((n) => `00000000-0000-7000-8000-00000000070${n}`) });
});
