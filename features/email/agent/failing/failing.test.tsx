import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../../../testing/screen.tsx';
import type { MailboxView } from '../../core/contract.ts';
import { FailingMailboxes } from './FailingMailboxes.tsx';
import { FullDisk } from './FullDisk.tsx';

/** The server, which says this and nothing else. */
function says(body: unknown): ReturnType<typeof vi.fn> {
  const asked = vi.fn(async () => new Response(JSON.stringify(body), { status: 200, headers: { 'content-type': 'application/json' } }));
  vi.stubGlobal('fetch', asked);
  return asked;
}

const mailbox = (address: string, state: 'failing' | 'working'): MailboxView => ({
  id: '01900000-0000-7000-8000-000000000001', address, name: '', teamId: null, signature: '', acknowledge: false, acknowledgement: {}, tokenInAddress: false, replyTo: '', archive: '', smtp: { host: '127.0.0.1', port: 2525 },
  sendingWaits: false,
  source: { state, since: '2026-03-02T09:00:00.000Z', trouble: state === 'failing' ? { code: 'password', words: 'NO [AUTHENTICATIONFAILED]' } : null },
});

test('a mailbox that has not worked for five minutes is told over everything, at once and with the reason', async () => {
  says({ items: [mailbox('support@shop.test', 'failing'), mailbox('orders@shop.test', 'working')], nextCursor: null });
  await renderScreen(<FailingMailboxes settingsHref="/settings/mailboxes" />);
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('support@shop.test');
  expect(alert.textContent).not.toContain('orders@shop.test');
  expect(alert.textContent).toMatch(/password/i);
  expect(screen.getByRole('link', { name: 'Look at the settings' }).getAttribute('href')).toBe('/settings/mailboxes');
});

test('a sign-in that is over is mended where it is told', async () => {
  const over = mailbox('support@shop.test', 'failing');
  const asked = says({ items: [{ ...over, source: { ...over.source!, trouble: { code: 'oauth_expired', words: '' } } }], nextCursor: null });
  await renderScreen(<FailingMailboxes settingsHref="/settings/mailboxes" />);
  expect((await screen.findByRole('alert')).textContent).toMatch(/sign in there again/);
  fireEvent.click(screen.getByRole('button', { name: 'Sign in again' }));
  await waitFor(() => { expect(asked.mock.calls.map(([address]) => String(address))).toContain(`/api/v1/mailboxes/${over.id}/sign-ins`); });
});

test('mail that cannot leave because a sign-in is over is told to everybody, and mended by who may', async () => {
  const { source, ...working } = mailbox('support@shop.test', 'working');
  says({ items: [{ ...working, source, sendingWaits: true }], nextCursor: null });
  await renderScreen(<FailingMailboxes settingsHref={null} />, { language: 'pl' });
  expect((await screen.findByRole('alert')).textContent).toMatch(/Poczta wychodząca czeka.*support@shop\.test/);
  expect(screen.queryByRole('button')).toBeNull();
  cleanup();
  await renderScreen(<FailingMailboxes settingsHref="/settings/mailboxes" />);
  expect(await screen.findByRole('button', { name: 'Sign in again' })).toBeTruthy();
});

test('while all mailboxes work nothing is said', async () => {
  const asked = says({ items: [mailbox('support@shop.test', 'working')], nextCursor: null });
  const { cache } = await renderScreen(<FailingMailboxes settingsHref={null} />);
  await waitFor(() => { expect(asked).toHaveBeenCalled(); });
  await waitFor(() => { expect(cache.isFetching()).toBe(0); });
  expect(cache.getQueryCache().findAll().map(({ state }) => state.status)).toEqual(['success']);
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a full disk is told in the language of whoever looks, and not when there is room', async () => {
  says({ fullSince: '2026-03-02T09:00:00.000Z' });
  await renderScreen(<FullDisk />, { language: 'bg' });
  expect((await screen.findByRole('alert')).textContent).toMatch(/Дискът на сървъра е пълен.*2026/);
  cleanup();

  const asked = says({ fullSince: null });
  await renderScreen(<FullDisk />);
  await waitFor(() => { expect(asked).toHaveBeenCalled(); });
  expect(screen.queryByRole('alert')).toBeNull();
});
