import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../../../testing/screen.tsx';
import { answering } from '../../../../testing/ticket-desk.tsx';
import { AwayNowDialog } from './AwayNowDialog.tsx';

const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const person = { id: id(1), name: 'Adam' };
const [ben, label] = [{ id: id(2), name: 'Ben' }, 'Who stands in for them is for themselves to say, or for somebody of their role.'];

async function sends(mayNameDeputy: boolean) {
  const { bodies } = answering({
    [`GET /people/${person.id}/absence-outlook`]: () => ({ person, mayNameDeputy, deputy: mayNameDeputy ? ben : null, open: 2, live: 0, snoozed: 0 }), 'GET /people?': () => ({ items: [], nextCursor: null }),
    'POST /absences': () => ({ id: id(3), person, deputy: null, from: '2026-03-02T09:00:00.000Z', to: null, work: 'team', reason: '' }),
  });
  const onClose = vi.fn();
  await renderScreen(<AwayNowDialog leaving={{ person, isOwn: false }} onClose={onClose} />);
  const act = (await screen.findAllByRole('button')).find((button) => button.getAttribute('type') === 'submit') ?? expect.unreachable('no way to say so');
  const hint = screen.queryByText(label) !== null;
  fireEvent.submit(act.closest('form') ?? expect.unreachable('no form'));
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  return { hint, body: bodies.at(-1) ?? bodies.findLast((body) => body !== undefined) };
}

test('of somebody above oneself it is said that the deputy is theirs to name, and none is sent', async () => {
  expect(await sends(false)).toMatchObject({ hint: true, body: { personId: person.id, deputyId: null, work: 'team' } });
});

test('for anybody else the one who is proposed stands in', async () => {
  expect(await sends(true)).toMatchObject({ hint: false, body: { deputyId: ben.id, work: 'deputy' } });
});
