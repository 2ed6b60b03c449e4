import { fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderScreen } from '../../../../../testing/screen.tsx';
import { answering, page } from '../../../../../testing/ticket-desk.tsx';
import { QuarantineSettingsScreen } from './QuarantineSettingsScreen.tsx';

test('whoever cannot be asked who may look after it is told so, and can try again', async () => {
  let isBroken = true;
  answering({
    'GET /email/quarantine/settings': () => ({ keepDays: 30, digestHour: 8, owner: { personId: null, teamId: null }, mailboxes: [] }),
    'GET /mailboxes': () => page([]),
    'GET /people': () => page([]),
    'GET /teams': () => (isBroken ? undefined : page([])),
  });
  await renderScreen(<QuarantineSettingsScreen />);
  await screen.findByRole('alert');
  isBroken = false;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByLabelText('Days until it is removed')).toBeTruthy();
});
