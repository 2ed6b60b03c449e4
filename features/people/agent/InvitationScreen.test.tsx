import { act, fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { speak } from '../../../platform/browser/i18n.ts';
import { renderScreen } from '../../../testing/screen.tsx';
import { answering } from '../../../testing/ticket-desk.tsx';
import { InvitationScreen } from './InvitationScreen.tsx';

async function invited() {
  const { bodies } = answering({
    'POST /invitations/check': () => ({ name: 'Nadia', email: 'nadia@shop.example', workspaceName: 'Kettle & Co', language: 'ar' }),
    'POST /invitations': () => ({ token: 't', expiresAt: '2027-01-01T00:00:00.000Z' }),
  });
  const onSignedIn = vi.fn();
  await renderScreen(<InvitationScreen token="t" onSignedIn={onSignedIn} />, { language: 'en' });
  const join = async (verb: string, password: string) => {
    const form = (await screen.findByRole('button', { name: verb })).closest('form') ?? expect.unreachable('no form');
    fireEvent.change(screen.getByLabelText(password), { target: { value: 'correct horse battery' } });
    fireEvent.submit(form);
    await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
    return bodies.at(-1);
  };
  return { join };
}

test('whoever is invited is spoken to as whoever invited them thought, not as this browser would', async () => {
  const { join } = await invited();
  expect(await join('انضمام', 'كلمة المرور')).toMatchObject({ name: 'Nadia', language: 'ar' });
  expect(document.documentElement.dir).toBe('rtl');
});

test('another language that they choose there is theirs', async () => {
  const { join } = await invited();
  await screen.findByRole('button', { name: 'انضمام' });
  await act(() => speak('pl'));
  expect(await join('Dołącz', 'Hasło')).toMatchObject({ language: 'pl' });
});
