import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { LANGUAGES } from '../../../../kernel/languages.ts';
import { renderScreen } from '../../../../testing/screen.tsx';
import { PushSection } from './PushSection.tsx';

const KEY = 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4';
const PHONE = { id: '018f0000-0000-7000-8000-000000000001', userAgent: 'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36', isThis: false, subjects: false, createdAt: '2026-03-02T09:00:00.000Z', toldAt: null };
const HERE = { ...PHONE, id: '018f0000-0000-7000-8000-000000000002', isThis: true };
const SUBSCRIPTION = { endpoint: 'https://push.example.org/x', keys: { p256dh: KEY, auth: 'BTBZMqHH6r4Tts7J_aSIgg' } };

beforeEach(() => vi.stubGlobal('matchMedia', () => ({ matches: true })));

/** A browser that can be told, and what it was told to do; what the server was asked. */
function browser({ permission = 'default', answer = 'granted', devices = [PHONE] as object[] } = {}) {
  const asked: string[] = [];
  const kept = [...devices];
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('PushManager', class {});
  vi.stubGlobal('Notification', { permission, requestPermission: () => Promise.resolve(answer) });
  const pushManager = {
    getSubscription: () => Promise.resolve(null),
    subscribe: (options: { applicationServerKey: string }) => {
      asked.push(`subscribe ${options.applicationServerKey}`);
      return Promise.resolve({ toJSON: () => SUBSCRIPTION });
    },
  };
  Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: { register: () => Promise.resolve(), ready: Promise.resolve({ pushManager }), getRegistration: () => Promise.resolve({ pushManager }) } });
  vi.stubGlobal('fetch', async (url: string, { method = 'GET', body }: RequestInit) => {
    if (method === 'GET') return Response.json({ publicKey: KEY, devices: kept });
    asked.push(`${method} ${url.replace('/api/v1', '')} ${typeof body === 'string' ? body : ''}`.trim());
    if (method === 'POST') kept.push(HERE);
    return method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json(method === 'POST' ? HERE : { ...PHONE, subjects: true }, { status: method === 'POST' ? 201 : 200 });
  });
  return asked;
}

test('this browser subscribes with the key of the server; subjects and leaving are chosen for each', async () => {
  const asked = browser();
  await renderScreen(<PushSection />);
  fireEvent.click(await screen.findByRole('switch', { name: 'Tell me in this browser' }));
  await vi.waitFor(() => expect(asked).toEqual([`subscribe ${KEY}`, `POST /me/push/devices ${JSON.stringify(SUBSCRIPTION)}`]));
  expect(await screen.findByText('This browser')).toBeTruthy();
  asked.length = 0;
  fireEvent.click((await screen.findAllByRole('switch', { name: /: show subjects$/ }))[0]!);
  await vi.waitFor(() => expect(asked).toEqual([`PATCH /me/push/devices/${PHONE.id} {"subjects":true}`]));
  fireEvent.click(screen.getAllByRole('button', { name: /^Remove / })[0]!);
  await vi.waitFor(() => expect(asked.at(-1)).toBe(`DELETE /me/push/devices/${PHONE.id}`));
});

test.each(LANGUAGES)('in %s a browser that may or can not be told says so', async (language) => {
  browser({ permission: 'denied' });
  const { unmount, container } = await renderScreen(<PushSection />, { language });
  await screen.findByRole('listitem');
  expect(screen.queryByRole('switch', { name: 'Tell me in this browser' })).toBeNull();
  expect(container.textContent).not.toMatch(/notifications\.|[{}]|undefined/);
  unmount();
});
