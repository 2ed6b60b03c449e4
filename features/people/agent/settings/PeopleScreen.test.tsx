import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Role } from '../../../../kernel/actor.ts';
import { renderScreen } from '../../../../testing/screen.tsx';
import { permissionsOf } from '../../core/permissions.ts';
import { ToastRegion } from '../../../../ui/components/Toast.tsx';
import { PeopleScreen } from './PeopleScreen.tsx';

const id = (n: number) => `018f0000-0000-7000-8000-00000000000${n}`;
const person = (n: number, name: string, role: Role, state = 'active') => ({
  id: id(n), name, email: `${n}@shop.example`, role, language: 'en', teamIds: [], state, createdAt: '2026-01-01T00:00:00.000Z',
});
const staff = [person(1, 'Olga', 'owner'), person(2, 'Adam', 'admin'), person(3, 'Ivan', 'agent', 'deactivated')];

function houseOf(me: (typeof staff)[number], answers: Record<string, () => Response> = {}) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string, { method }: RequestInit) => {
    const call = `${method} ${url.replace('/api/v1', '').split('?')[0]}`;
    asked.push(call);
    const own = answers[call]?.();
    if (own) return own;
    if (call === 'GET /me') {
      const workspace = { id: id(9), name: 'Kettle & Co', language: 'en', timeZone: 'UTC' };
      return Response.json({ ...me, theme: 'system', permissions: permissionsOf({ role: me.role, scopes: null }), workspace, mailLeaves: true });
    }
    return Response.json({ items: call === 'GET /people' ? staff : [], nextCursor: null });
  });
  return asked;
}

const [owner, admin, agent] = staff as [(typeof staff)[number], (typeof staff)[number], (typeof staff)[number]];
const row = async (name: string) => (await screen.findByText(name)).closest('li') ?? expect.unreachable(`no row of ${name}`);

test('an agent sees who works here and finds nothing to change', async () => {
  houseOf(agent);
  await renderScreen(<PeopleScreen />);
  expect(within(await row('Ivan')).getByText('you')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Invite|Actions/ })).toBeNull();
});

test('an administrator may act on those below and beside, not on the owner', async () => {
  houseOf(admin);
  await renderScreen(<PeopleScreen />);
  await row('Olga');
  expect(screen.getAllByRole('button', { name: /^Actions/ }).map((button) => button.getAttribute('aria-label'))).toEqual(['Actions for Adam', 'Actions for Ivan']);
});

test('whoever was deactivated can be let in again', async () => {
  const asked = houseOf(owner, { [`DELETE /people/${id(3)}/deactivation`]: () => new Response(null, { status: 204 }) });
  await renderScreen(<PeopleScreen />);
  fireEvent.click(within(await row('Ivan')).getByRole('button'));
  const entries = screen.getAllByRole('menuitem').map(({ textContent }) => textContent);
  expect(entries).toEqual(['Edit', 'Activate']);
  fireEvent.click(screen.getByRole('menuitem', { name: 'Activate' }));
  await vi.waitFor(() => expect(asked).toContain(`DELETE /people/${id(3)}/deactivation`));
});

test('when the list does not come, it says so and asks again on request', async () => {
  let answer = () => Response.json({ code: 'database.busy' }, { status: 503 });
  houseOf(owner, { 'GET /people': () => answer() });
  await renderScreen(<PeopleScreen />, { language: 'bg' });
  expect((await screen.findByRole('alert')).textContent).toContain('Сървърът е зает');
  answer = () => Response.json({ items: staff, nextCursor: null });
  fireEvent.click(screen.getByRole('button', { name: 'Нов опит' }));
  expect(await row('Olga')).toBeTruthy();
});

test.each([null, 'http://desk.test/invitation?token=abc'])('whoever invites has the link to hand over when the mail does not leave (%s)', async (invitationLink) => {
  houseOf(owner, { 'POST /people': () => Response.json({ ...agent, name: 'Nina', email: 'nina@example.org', state: 'invited', invitationLink }, { status: 201 }) });
  await renderScreen(<><PeopleScreen /><ToastRegion /></>);
  await row('Olga');
  fireEvent.click(screen.getByRole('button', { name: 'Invite a person' }));
  fireEvent.change(await screen.findByRole('textbox', { name: 'Name' }), { target: { value: 'Nina' } });
  fireEvent.change(screen.getByRole('textbox', { name: /mail/i }), { target: { value: 'nina@example.org' } });
  fireEvent.click(screen.getByRole('button', { name: 'Send invitation' }));
  if (invitationLink === null) {
    expect(await screen.findByText('Invitation sent to nina@example.org.')).toBeTruthy();
    return;
  }
  expect(await screen.findByDisplayValue(invitationLink)).toBeTruthy();
  expect(screen.queryByText(/Invitation sent/)).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'I have it' }));
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});
