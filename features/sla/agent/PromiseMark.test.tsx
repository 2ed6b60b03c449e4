import { act, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answering, aTicket } from '../../../testing/ticket-desk.tsx';
import { renderScreen } from '../../../testing/screen.tsx';
import { PromiseMark } from './PromiseMark.tsx';

const NOW = Date.parse('2026-11-12T10:00:00.000Z');
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setInterval', 'clearInterval'] });
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
});
afterEach(() => { vi.useRealTimers(); });

const running = { metric: 'first_reply', state: 'running', workingTime: true, percent: 40, pausedBy: null };
const urgent = [
  { ...running, ticketId: aTicket(1).id, dueAt: at(130), remainingSeconds: 70 * 60, openHours: [{ from: at(0), to: at(30) }, { from: at(90), to: at(130) }] },
  { ...running, ticketId: aTicket(2).id, state: 'breached', dueAt: at(-185), remainingSeconds: -600, percent: 120, openHours: [] },
  { ...running, ticketId: aTicket(3).id, metric: 'agent_work', state: 'paused', dueAt: null, remainingSeconds: 2_400, pausedBy: 'waiting_customer', openHours: [] },
];

async function show() {
  const tickets = [1, 2, 3, 4].map((n) => aTicket(n)).concat(aTicket(5, { status: 'resolved' }));
  const { asked } = answering({ 'GET /sla/urgent': () => ({ items: urgent }) });
  const drawn = vi.fn();
  const Row = ({ ticket }: { ticket: (typeof tickets)[number] }) => {
    drawn();
    return <li aria-label={ticket.subject}><PromiseMark ticket={ticket} place="row" /></li>;
  };
  await renderScreen(<ul>{tickets.map((ticket) => <Row key={ticket.id} ticket={ticket} />)}</ul>);
  await screen.findByText('1h 10m');
  return { asked, drawn };
}
const row = (n: number) => screen.getByRole('listitem', { name: `Ticket ${n}` });
const pass = (seconds: number) => act(() => { vi.advanceTimersByTime(seconds * 1000); });

test('all rows of a list ask in one request, and what is resolved does not ask', async () => {
  const { asked } = await show();
  expect(asked.map((request) => request.split('tickets=')[1]?.split(','))).toEqual([[1, 2, 3, 4].map((n) => aTicket(n).id)]);
});

test('each state has a word of its own, and a row without a promise says nothing', async () => {
  await show();
  expect(within(row(1)).getByText(/^Answer due .*, On time$/)).toBeTruthy();
  expect(within(row(2)).getByText('3h late')).toBeTruthy();
  expect(within(row(2)).getByText(/, Late$/)).toBeTruthy();
  expect(within(row(3)).getByText('Time in our hands, Paused')).toBeTruthy();
  expect([row(4).textContent, row(5).textContent]).toEqual(['', '']);
});

test('time goes by in the words alone: no row is drawn anew, and nothing is read aloud', async () => {
  const { drawn } = await show();
  drawn.mockClear();
  const name = within(row(1)).getByText(/^Answer due/).textContent;
  pass(20);
  expect(within(row(1)).getByText('1h 9m')).toBeTruthy();
  pass(580);
  expect(within(row(1)).getByText('1h')).toBeTruthy();
  pass(50 * 60);
  // From 10:30 to 11:30 nobody works.
  expect(within(row(1)).getByText('40m').closest('[aria-hidden]')).toBeTruthy();
  expect(within(row(1)).getByText(/^Answer due/).textContent).toBe(name);
  expect(drawn).not.toHaveBeenCalled();
});

test('minutes alone are told to whoever wants things to move little', async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: true }));
  await show();
  pass(130 * 60 - 30);
  expect(within(row(1)).getByText('1m')).toBeTruthy();
});
