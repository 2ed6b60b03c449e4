import { act, fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../../../testing/screen.tsx';
import { CalendarsScreen } from './CalendarsScreen.tsx';

const office = [{ from: '09:00', to: '12:30' }, { from: '13:30', to: '17:00' }];
const support = {
  id: '018f0000-0000-7000-8000-000000000001', name: 'Support', timeZone: 'Europe/Sofia', week: { mon: office, tue: office, fri: [{ from: '09:00', to: '15:00' }] },
  holidays: [{ date: '2027-03-03', name: 'Liberation Day' }], closures: [], observes: null, publicDays: [], isDefault: true, version: 3, createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z',
};

const EMPTY: Record<string, () => Response> = {
  'GET /calendar-places': () => Response.json({ items: [] }), 'GET /teams': () => Response.json({ items: [], nextCursor: null }),
  'GET /calendar-countries': () => Response.json({ items: [{ code: 'BG', states: [] }], credit: { text: 'date-holidays', url: 'https://holidays.example', licence: 'CC BY-SA 3.0', licenceUrl: 'https://licence.example' } }),
};

function server(items: object[] = [support], answers: Record<string, () => Response> = {}) {
  const sent: { call: string; body: Record<string, unknown> }[] = [];
  vi.stubGlobal('fetch', async (url: string, { method, body }: RequestInit) => {
    const call = `${method} ${url.replace('/api/v1', '').split('?')[0]}`;
    if (body) sent.push({ call, body: JSON.parse(body as string) as Record<string, unknown> });
    return answers[call]?.() ?? EMPTY[call]?.() ?? Response.json(call === 'GET /calendars' ? { items, nextCursor: null } : support);
  });
  return sent;
}

// Some 420 zones are more than jsdom draws in good time.
vi.spyOn(Intl, 'supportedValuesOf').mockReturnValue(['Europe/Sofia', 'Europe/Warsaw']);

const draw = (mayManage = true) => renderScreen(<CalendarsScreen mayManage={mayManage} timeZone="Europe/Sofia" channels={[{ id: 'chat', label: 'Chat' }]} mailboxes={[]} widgets={[]} />);
/** Roles of a whole dialog are slow to work out; labels and words are not. */
const button = (words: string) => screen.getByText(words).closest('button') ?? expect.unreachable(`no button ${words}`);
const day = (name: string) => within(screen.getByLabelText(name, { selector: '[role=group]' }));
const byKey = (button: HTMLElement) => {
  act(() => button.focus());
  fireEvent.keyDown(button, { key: 'Enter' });
  fireEvent.keyUp(button, { key: 'Enter' });
};
const type = (field: HTMLElement, words: string) => {
  fireEvent.focus(field);
  fireEvent.change(field, { target: { value: words } });
  fireEvent.blur(field);
};

test('whoever may not change working hours reads them and may try them', async () => {
  server();
  await draw(false);
  expect((await screen.findByText(/^Mon–Tue/)).textContent?.replaceAll('\u2060', '')).toBe('Mon–Tue 09:00–12:30, 13:30–17:00 · Fri 09:00–15:00');
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Holidays and other days', 'Try it']);
});

test('times are taken as they are typed, and the whole is sent with the version that was read', { timeout: 15_000 }, async () => {
  const sent = server();
  await draw();
  fireEvent.click(await screen.findByLabelText('Actions for Support'));
  fireEvent.click(screen.getByText('Edit'));
  type(day('Friday').getByLabelText('To, Friday'), '1630');
  fireEvent.click(day('Saturday').getByLabelText('Saturday: same hours as the day before'));
  fireEvent.click(day('Monday').getAllByLabelText('Remove these hours, Monday')[1]!);
  fireEvent.click(button('Save'));

  await vi.waitFor(() => expect(sent).toHaveLength(1));
  const friday = [{ from: '09:00', to: '16:30' }];
  expect(sent[0]).toEqual({
    call: `PATCH /calendars/${support.id}`,
    body: { name: 'Support', timeZone: 'Europe/Sofia', week: { ...support.week, mon: [office[0]], fri: friday, sat: friday }, observes: null, closures: [], version: 3 },
  });
});

test('hours that overlap are told beside them and cannot be saved', async () => {
  const sent = server();
  await draw();
  fireEvent.click(await screen.findByLabelText('Actions for Support'));
  fireEvent.click(screen.getByText('Edit'));
  type(day('Monday').getAllByLabelText('From, Monday')[1]!, '12');
  expect(await day('Monday').findByText('Hours overlap.')).toBeTruthy();
  expect(button('Save').hasAttribute('disabled')).toBe(true);
  expect(sent).toEqual([]);
});

const ID = '018f0000-0000-7000-8000-00000000000';
const feast = { id: `${ID}2`, date: '2026-03-03', name: 'Liberation Day', hours: null, closedFrom: null, publicDay: { date: '2026-03-03', name: 'Liberation Day', closedFrom: null }, changed: false, removed: false };
const stocktaking = { ...feast, id: `${ID}3`, date: '2026-03-06', name: 'Stocktaking', publicDay: null };
const days = (...items: object[]) => ({ [`GET /calendars/${support.id}/days`]: () => Response.json({ items }) });

test('a public holiday is moved, closed early or worked, and its hours are told and checked', async () => {
  const sent = server([support], { ...days(feast, stocktaking, { ...feast, id: `${ID}4`, name: 'Labour Day', removed: true }), [`PATCH /calendars/${support.id}/days/${feast.id}`]: () => Response.json(feast) });
  await draw();
  fireEvent.click(await screen.findByLabelText('Actions for Support'));
  fireEvent.click(screen.getByText('Holidays and other days'));
  expect(await screen.findByText('Worked as any other day')).toBeTruthy();
  expect(screen.queryByLabelText('Change Labour Day')).toBeNull();
  fireEvent.click(screen.getByLabelText('Change Liberation Day'));
  fireEvent.click(screen.getByLabelText('Open at other hours'));
  type(screen.getByLabelText('To, Liberation Day'), '8');
  expect(await screen.findByText('It ends before it begins.')).toBeTruthy();
  fireEvent.click(button('Save'));
  expect(sent).toEqual([]);

  type(screen.getByLabelText('To, Liberation Day'), '12');
  fireEvent.change(screen.getByLabelText('Date'), { target: { value: '2026-03-04' } });
  fireEvent.click(button('Save'));
  await vi.waitFor(() => expect(sent).toEqual([{ call: `PATCH /calendars/${support.id}/days/${feast.id}`, body: { date: '2026-03-04', hours: [{ from: '09:00', to: '12:00' }], closedFrom: null } }]));
});

test('which teams have which hours is told, and can be changed', async () => {
  const team = (n: number, name: string) => ({ id: `${ID}${n}`, name, memberIds: [], reopenDays: 7 });
  const place = { id: `${ID}7`, kind: 'team', name: null, channel: null, calendarId: support.id, teamIds: [`${ID}5`], mailboxIds: [], widgetIds: [], hasPages: false, host: null };
  const sent = server([support], {
    'GET /teams': () => Response.json({ items: [team(5, 'Returns'), team(6, 'Claims')], nextCursor: null }), 'GET /calendar-places': () => Response.json({ items: [place] }),
    'GET /calendar-places/holding': () => Response.json({ calendarId: support.id, name: 'Support', by: 'workspace', placeId: null, isOpen: true, opensAt: support.createdAt }),
    [`PUT /calendar-places/${place.id}`]: () => Response.json(place),
  });
  await draw();
  expect((await screen.findByText(/· the default ·/)).textContent).toBe('Support · the default · Open now');
  fireEvent.click(await screen.findByLabelText('Change the hours of Returns'));
  fireEvent.click(await screen.findByLabelText('Returns'));
  expect(button('Save').hasAttribute('disabled')).toBe(true);
  fireEvent.click(screen.getByLabelText('Claims'));
  fireEvent.click(button('Save'));
  await vi.waitFor(() => expect(sent).toEqual([{ call: `PUT /calendar-places/${place.id}`, body: { kind: 'team', calendarId: support.id, teamIds: [`${ID}6`] } }]));
});

test('the focus is never lost when a line comes or goes', async () => {
  server();
  await draw();
  fireEvent.click(await screen.findByLabelText('Actions for Support'));
  fireEvent.click(screen.getByText('Edit'));
  byKey(button('Add a closure'));
  await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Closed from')));
  byKey(screen.getByLabelText('Remove'));
  await vi.waitFor(() => expect(document.activeElement).toBe(button('Add a closure')));
  byKey(day('Friday').getByLabelText('Remove these hours, Friday'));
  await vi.waitFor(() => expect(document.activeElement).toBe(day('Friday').getByLabelText('Add hours, Friday')));
});

test('a deadline is told with every interval that was counted', async () => {
  const sent = server([support], { [`POST /calendars/${support.id}/due`]: () => Response.json({
    due: '2026-03-30T08:00:00.000Z', explanation: [{ from: '2026-03-27T14:00:00.000Z', to: '2026-03-27T15:00:00.000Z' }, { from: '2026-03-30T06:00:00.000Z', to: '2026-03-30T08:00:00.000Z' }],
  }) });
  await draw(false);
  fireEvent.click(await screen.findByLabelText('Try it: Support'));
  fireEvent.change(screen.getByLabelText('From'), { target: { value: '2026-03-27T16:00' } });
  fireEvent.change(screen.getByLabelText('Hours'), { target: { value: '3' } });
  await act(async () => fireEvent.click(button('Work it out')));

  expect((await screen.findByText(/30, 2026/, { selector: 'strong bdi' })).textContent).toMatch(/^Monday.*March.*11:00/);
  expect(sent).toEqual([{ call: `POST /calendars/${support.id}/due`, body: { from: '2026-03-27T14:00:00.000Z', seconds: 10_800 } }]);
  expect(within(screen.getByRole('list', { name: '' })).getAllByRole('listitem').map(({ lastChild }) => lastChild?.textContent)).toEqual(['1 hr', '2 hr']);
});

test('without any, it is said what counts then', async () => {
  server([]);
  await draw();
  expect(await screen.findByText(/every hour of every day counts/)).toBeTruthy();
  fireEvent.click(button('New working hours'));
  expect(screen.getAllByRole('combobox')[0]?.getAttribute('value')).toBe('Europe/Sofia');
});
