import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { renderScreen } from '../../../../testing/screen.tsx';
import { anEntry, AtDesk, ME } from '../../../../testing/ticket-desk.tsx';
import type { EntryView } from '../../core/contract.ts';
import { Entry, type EntryActions } from './Entry.tsx';

const NOW = new Date('2026-11-12T10:05:00.000Z');
beforeEach(() => vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setInterval', 'clearInterval'] }));

const NOTHING: EntryActions = { onForward: null, onRedact: null, onMisdirected: null, onSplit: null, onUndo: null, onRetry: null };
const show = (entry: EntryView, actions: Partial<EntryActions> = {}, language: 'en' | 'ar' = 'en') =>
  renderScreen(<AtDesk><Entry ticketId="t" entry={entry} actions={{ ...NOTHING, ...actions }} myId={ME.id} /></AtDesk>, { language });

const sent = (delivery: Partial<NonNullable<EntryView['delivery']>>): EntryView =>
  anEntry(1, { direction: 'out', author: { kind: 'person', id: ME.id, name: ME.name, address: null }, delivery: { mailId: '00000000-0000-7000-8000-000000000077', state: 'queued', undoUntil: null, at: null, response: null, attempts: 0, ...delivery } });

test('what people wrote keeps its own direction, its links and its numbers, on a right-to-left screen too', async () => {
  await show(anEntry(1, { text: 'Please see https://example.org/a and call +966 50 123 4567\nمرحبا' }), {}, 'ar');
  const words = screen.getByText(/Please see/);
  expect(words.getAttribute('dir')).toBe('auto');
  expect(screen.getByRole('link', { name: 'https://example.org/a' }).getAttribute('rel')).toContain('noopener');
  expect(screen.getByText('+966 50 123 4567').getAttribute('dir')).toBe('ltr');
});

test('what was sent on to somebody else says which message it was', async () => {
  const [original, forward] = [anEntry(1), anEntry(2, { direction: 'out', author: { kind: 'person', id: ME.id, name: ME.name, address: null }, forwardedEntryId: anEntry(1).id, recipients: { to: [{ name: '', address: 'shop@example.net' }], cc: [] } })];
  await renderScreen(<AtDesk><Entry ticketId="t" entry={forward} original={original} actions={NOTHING} myId={ME.id} /></AtDesk>);
  expect(screen.getByRole('button', { name: /Forwards the message of .*Maria Petrova/ })).toBeTruthy();
  expect(screen.getByText(/shop@example\.net/)).toBeTruthy();
  cleanup();
  await show(forward);
  expect(screen.getByText('Forwards a message from further up')).toBeTruthy();
});

test('markup in a message is only text', async () => {
  await show(anEntry(1, { text: '<img src=x onerror=alert(1)> <b>bold</b>' }));
  expect(screen.getByText(/<img src=x onerror=alert\(1\)>/)).toBeTruthy();
  expect(document.querySelector('b, img')).toBeNull();
});

test('a quote is one press away, and is said to be open when it is', async () => {
  await show(anEntry(1, { text: 'Works.', quoted: '> Is it well?' }));
  expect(screen.queryByText(/Is it well/)).toBeNull();
  const button = screen.getByRole('button', { name: 'Show quote and signature', expanded: false });
  fireEvent.click(button);
  expect(button.getAttribute('aria-expanded')).toBe('true');
  const part = screen.getByRole('group', { name: 'Quote and signature' });
  expect(button.getAttribute('aria-controls')).toBe(part.id);
  expect(within(part).getByText(/Is it well/)).toBeTruthy();
  fireEvent.click(button);
  expect(screen.queryByRole('group', { name: 'Quote and signature' })).toBeNull();
});

test('whether a domain vouches for its mail is said in words, whatever the answer', async () => {
  for (const [verdict, words, sealer = null] of [
    ['pass', /^Sender confirmed by .*shop\.example.$/], ['pass', /shop\.example.*, as .*lists\.example.* attests/, 'lists.example'], ['fail', /may be forged/], ['none', /Nothing proves .*shop\.example/], ['unknown', /could not be found out/],
  ] as const) {
    await show(anEntry(1, { authentication: { verdict, domain: 'shop.example', spf: null, dkim: null, dmarc: null, arc: null, sealer } }));
    expect(screen.getByText(words)).toBeTruthy();
    cleanup();
  }
});

test('a formatted mail is a page of its own, without script, and its pictures wait for permission', async () => {
  await show(anEntry(1, { text: '', html: '<p>x</p>', htmlUrl: '/api/v1/content/abc', remoteImages: 2 }));
  const frame = screen.getByTitle(/Message of Maria/);
  expect(frame.getAttribute('sandbox')).not.toMatch(/allow-(scripts|same-origin|forms|top-navigation)/);
  expect(frame.getAttribute('src')).toBe('/api/v1/content/abc');
  fireEvent.click(screen.getByRole('button', { name: "Fetch from the sender's server" }));
  expect(screen.getByTitle(/Message of Maria/).getAttribute('src')).toBe('/api/v1/content/abc?images=1');
});

test('counts the seconds in which it can be taken back, and then no longer offers it', async () => {
  const onUndo = vi.fn();
  const entry = sent({ undoUntil: '2026-11-12T10:05:03.000Z' });
  await show(entry, { onUndo });
  expect(screen.getAllByText('Sends in 3 s')).toHaveLength(2);
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(onUndo).toHaveBeenCalledExactlyOnceWith(entry);

  cleanup();
  vi.setSystemTime(new Date('2026-11-12T10:05:03.500Z'));
  await show(entry, { onUndo });
  expect(screen.getByText('Waiting to be sent')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});

test('a refusal is told in the other server’s words, with the way to try again', async () => {
  const onRetry = vi.fn();
  await show(sent({ state: 'failed', response: '550 5.1.1 no such user', attempts: 1 }), { onRetry });
  expect(screen.getByText(/550 5\.1\.1 no such user/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(onRetry).toHaveBeenCalledOnce();
});

test('a colleague’s letter can’t be taken back by others', async () => {
  const theirs = { ...sent({ undoUntil: '2026-11-12T10:05:09.000Z' }), author: { kind: 'person', id: 'olga', name: 'Olga', address: null } as const };
  await show(theirs, { onUndo: vi.fn() });
  expect(within(screen.getByRole('article')).queryByRole('button', { name: 'Undo' })).toBeNull();
});

test('quotes are folded until asked for', async () => {
  await show(anEntry(1, { quoted: 'what we said before' }));
  expect(screen.queryByText('what we said before')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Show quote and signature' }));
  expect(screen.getByText('what we said before')).toBeTruthy();
});

test('the time of an invitation is told by the reader’s clock, unless its writer named a place', async () => {
  const utc = new Date('2026-11-25T09:00Z');
  await show(anEntry(1, { notice: 'invitation_request:Visit, 2026-11-25 09:00 (UTC)–09:30, Sofia' }));
  expect(screen.getByText(/Visit/).textContent).toContain(new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' }).format(utc).slice(-8));
  expect(screen.queryByText(/UTC/)).toBeNull();
  cleanup();
  await show(anEntry(1, { notice: 'invitation_request:Visit, 2026-99-99 09:00 (UTC), 2026-11-25 09:00 (Europe/Sofia)–09:30' }));
  expect(screen.getByText(/2026-99-99 09:00 \(UTC\), 2026-11-25 09:00 \(Europe\/Sofia\)–09:30/)).toBeTruthy();
});
