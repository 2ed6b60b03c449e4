import { act, fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../../../testing/screen.tsx';
import { answering, AT, page } from '../../../../testing/ticket-desk.tsx';
import type { RuleView } from '../../core/contract.ts';
import { RulesScreen } from './RulesScreen.tsx';

const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const TEAM = { id: uuid(7), name: 'Poland', memberIds: [], reopenDays: 14 };

const aRule = (n: number, change: Partial<RuleView> = {}): RuleView => ({
  id: uuid(n), name: `Rule ${n}`, description: '', trigger: { on: 'event', events: ['ticket.created'] }, conditions: { version: 1, all: [{ field: 'language', operator: 'is', value: 'pl' }] },
  calendarId: null, actions: [{ type: 'set_team', teamId: TEAM.id }], hourlyLimit: 1_000, includeExisting: false, teamId: null, enabled: true, position: n, version: 3, readyMade: null,
  lastRun: null, ranLately: 3, createdAt: AT, updatedAt: AT, ...change,
});

async function draw(rules: readonly RuleView[], { mayManage = true, more = {} } = {}) {
  const conversation = answering({
    'GET /rules?': () => page(rules), 'GET /teams': () => page([TEAM]), 'GET /people': () => page([]), 'GET /mailboxes': () => page([]), 'GET /companies': () => page([]), 'GET /calendars': () => page([]),
    'PUT /rules/order': () => null, 'PATCH /rules': () => rules[0], 'POST /rules': () => rules[0], ...more,
  });
  await renderScreen(<RulesScreen ownTeams={[]} mayManage={mayManage} ruleId={null} onOpen={() => undefined} conditions={() => <p>the editor</p>} ticketHref={(id) => `/inbox/active/${id}`} />);
  await screen.findByText(rules[0]!.name);
  const sent = (request: string) => conversation.bodies[conversation.asked.indexOf(request)];
  return { ...conversation, sent };
}

test('each rule is a sentence; what stopped one is told in words', async () => {
  await draw([aRule(1), aRule(2, { lastRun: { at: AT, outcome: 'limited' }, hourlyLimit: 20 }), aRule(3, { lastRun: { at: AT, outcome: 'looped' } })]);
  expect((await screen.findAllByText('When a ticket is created, and Language is Polish: give it to the team “Poland”.')).length).toBe(3);
  expect(screen.getAllByText(/3 times in 24 hours/)).toHaveLength(2);
  expect(screen.getByText(/the limit of 20 an hour was used up/)).toBeTruthy();
  expect(screen.getByText(/rules had set each other off too often/)).toBeTruthy();
});

test('the order is sent as a whole, those that are only offered last', async () => {
  const { sent } = await draw([aRule(1), aRule(2), aRule(3, { enabled: false, readyMade: 'thanks' })]);
  fireEvent.keyDown(screen.getByLabelText(/^Move Rule 1:/), { key: 'ArrowDown' });
  await vi.waitFor(() => expect(sent('PUT /rules/order')).toEqual({ ids: [uuid(2), uuid(1), uuid(3)] }));
  const offered = within(screen.getByRole('list', { name: 'Ready-made rules' }));
  expect(offered.getByText('Rule 3')).toBeTruthy();
});

test('a rule is switched off with one press', async () => {
  const { sent } = await draw([aRule(1)]);
  fireEvent.click(screen.getByRole('switch', { name: 'Rule 1: on' }));
  await vi.waitFor(() => expect(sent(`PATCH /rules/${uuid(1)}`)).toEqual({ enabled: false }));
});

test('whoever may only read finds neither switch nor handle', async () => {
  await draw([aRule(1), aRule(2)], { mayManage: false });
  expect(screen.queryByRole('switch')).toBeNull();
  expect(screen.queryByRole('button', { name: /^Move/ })).toBeNull();
  expect(screen.queryByRole('button', { name: 'New rule' })).toBeNull();
});

test('what is missing is said before anything is sent; a rule is tried, and then saved switched off', async () => {
  const tried = { items: [{ ticket: { id: uuid(50), number: 1042, subject: 'Czajnik', status: 'open' }, effects: [{ type: 'add_tags', effect: 'changes', reason: null, from: '', to: 'pl' }, { type: 'reply', effect: 'refused', reason: 'robot', from: null, to: null }] }], nextCursor: null, assumed: [], hoursFit: null };
  const { asked, sent } = await draw([aRule(1)], { more: { 'POST /rules/dry-run': () => tried } });
  fireEvent.click(screen.getByText('New rule'));
  fireEvent.click(screen.getByText('Try it without changing anything'));
  expect(screen.getByText('Give it a name by which colleagues know it.')).toBeTruthy();
  expect(screen.getByText('Nothing yet: add at least one action.')).toBeTruthy();
  expect(asked.some((request) => request.startsWith('POST'))).toBe(false);

  fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'Polish ones' } });
  fireEvent.click(screen.getByText('Add action'));
  fireEvent.click(screen.getByText('Add tags'));
  const tags = screen.getByLabelText('Add a tag');
  fireEvent.change(tags, { target: { value: 'pl' } });
  fireEvent.keyDown(tags, { key: 'Enter' });
  await act(async () => fireEvent.click(screen.getByText('Try it without changing anything')));
  expect(await screen.findByText('It would take 1 ticket now.')).toBeTruthy();
  expect(screen.getByText('Add tags: pl')).toBeTruthy();
  expect(screen.getByText(/Reply to the customer: not done. A machine or a mailing list wrote/)).toBeTruthy();

  fireEvent.click(screen.getByText('Save, switched off'));
  await vi.waitFor(() => expect(sent('POST /rules')).toEqual({
    name: 'Polish ones', description: '', trigger: { on: 'event', events: ['ticket.created'] }, conditions: { version: 1, all: [] }, calendarId: null,
    actions: [{ type: 'add_tags', tags: ['pl'] }], hourlyLimit: 1_000, includeExisting: false, teamId: null, enabled: false,
  }));
});
