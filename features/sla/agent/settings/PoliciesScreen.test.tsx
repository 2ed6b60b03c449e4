import { act, fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { answering, page } from '../../../../testing/ticket-desk.tsx';
import { renderScreen } from '../../../../testing/screen.tsx';
import type { PolicyView } from '../../core/contract.ts';
import { PoliciesScreen } from './PoliciesScreen.tsx';

const uuid = (n: number) => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const policy = (n: number, change: Partial<PolicyView> = {}): PolicyView => ({
  id: uuid(n), name: `Policy ${n}`, calendarId: null, conditions: null, targets: [{ metric: 'first_reply', seconds: 14_400, time: 'working' }, { metric: 'first_reply', priority: 'urgent', seconds: 3_600, time: 'working' }],
  actions: [], place: n, enabled: true, readyMade: null, version: 7, createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z', ...change,
});

async function show(policies: PolicyView[], mayManage = true) {
  const asked = answering({
    'GET /sla-policies?': () => page(policies), 'GET /calendars': () => page([]), 'GET /people': () => page([]), 'GET /teams': () => page([]), 'GET /mailboxes': () => page([]), 'GET /companies': () => page([]),
    'POST /sla-policies/matches': () => ({ count: 3, more: false }), 'PUT /sla-policies/order': () => null, 'PATCH /sla-policies': () => policies[0], 'POST /sla-policies': () => policies[0],
  });
  await renderScreen(<PoliciesScreen mayManage={mayManage} conditions={() => null} />);
  await screen.findByText(policies.length > 0 ? 'Your promises' : /^Nothing is promised yet/);
  return { sent: (call: string) => asked.bodies[asked.asked.indexOf(call)] as Record<string, unknown> | undefined };
}
/** Roles of a whole dialog are slow to work out; labels and words are not. */
const button = (words: string) => screen.getByText(words).closest('button') ?? expect.unreachable(`no button ${words}`);
const edit = (name: string) => {
  fireEvent.click(screen.getByLabelText(`Actions for ${name}`));
  fireEvent.click(screen.getByText('Edit'));
};
const promise = (metric: string) => within(screen.getByLabelText(metric, { selector: '[role=group]' }));
const type = (field: HTMLElement, words: string) => {
  fireEvent.focus(field);
  fireEvent.change(field, { target: { value: words } });
  fireEvent.blur(field);
};

test('the order is changed by keyboard, shown at once and sent as a whole; ready-made ones stay out of it', async () => {
  const { sent } = await show([policy(1), policy(2), policy(3, { readyMade: 'mail_24h', name: 'mail', enabled: false })]);
  const handle = screen.getByLabelText(/^Move Policy 2:/);
  act(() => handle.focus());
  fireEvent.keyDown(handle, { key: 'ArrowUp' });
  await vi.waitFor(() => expect(sent('PUT /sla-policies/order')).toEqual({ ids: [uuid(2), uuid(1)] }));
  expect(screen.queryByLabelText(/^Move Mail/)).toBeNull();
});

test('a ready-made one is called in the language of the reader, and is switched on', async () => {
  const { sent } = await show([policy(3, { readyMade: 'mail_24h', name: 'mail', enabled: false })]);
  fireEvent.click(screen.getByLabelText('Mail is answered within 24 hours is on'));
  await vi.waitFor(() => expect(sent(`PATCH /sla-policies/${uuid(3)}`)).toEqual({ enabled: true }));
});

test('times are taken as they are typed and told as they were understood; the whole is sent with the version that was read', async () => {
  const { sent } = await show([policy(1)]);
  expect(screen.getByText('First answer: 4 hr (Urgent 1 hr)')).toBeTruthy();
  edit('Policy 1');
  expect(await screen.findByText('3 open tickets fit now.')).toBeTruthy();
  const answer = promise('First answer');
  type(answer.getByLabelText('Urgent'), '90 min');
  expect((answer.getByLabelText('Urgent') as HTMLInputElement).value).toBe('1h 30m');
  type(answer.getByLabelText('Low'), '16');
  fireEvent.click(button('Add a warning'));
  fireEvent.click(button('Save'));
  await vi.waitFor(() => expect(sent(`PATCH /sla-policies/${uuid(1)}`)).toEqual({
    name: 'Policy 1', calendarId: null, conditions: null, version: 7, actions: [{ do: 'notify', at: 90, whom: 'assignee' }],
    targets: [{ metric: 'first_reply', seconds: 14_400, time: 'working' }, { metric: 'first_reply', priority: 'urgent', seconds: 5_400, time: 'working' }, { metric: 'first_reply', priority: 'low', seconds: 57_600, time: 'working' }],
  }));
});

test('a promise without a time, or with one that is none, is told beside it and not sent', async () => {
  const { sent } = await show([]);
  fireEvent.click(button('New promises'));
  type(screen.getByLabelText('Name'), 'Everybody');
  fireEvent.click(button('Save'));
  expect(await promise('First answer').findByText('Give it a time.')).toBeTruthy();
  type(promise('First answer').getByLabelText('All others'), 'a day or so');
  expect(await promise('First answer').findByText('Not a time, such as 4 h.')).toBeTruthy();
  fireEvent.click(button('Save'));
  expect(sent('POST /sla-policies')).toBeUndefined();

  type(promise('First answer').getByLabelText('All others'), '4:30');
  fireEvent.click(button('Save'));
  await vi.waitFor(() => expect(sent('POST /sla-policies')).toEqual({ name: 'Everybody', calendarId: null, conditions: null, actions: [], targets: [{ metric: 'first_reply', seconds: 16_200, time: 'working' }] }));
});

test('whoever may not change them reads them', async () => {
  await show([policy(1)], false);
  expect(screen.queryByLabelText('Actions for Policy 1')).toBeNull();
  expect(screen.getByLabelText('Policy 1 is on').hasAttribute('disabled')).toBe(true);
});
