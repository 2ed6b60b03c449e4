import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { api } from '../../../../platform/browser/api.ts';
import { renderScreen } from '../../../../testing/screen.tsx';
import { SignInForm } from '../SignInForm.tsx';
// The form brings it when it is wanted; nobody waits here for a file to be read.
import './NextStep.tsx';
import { StepUpDialog } from './StepUpDialog.tsx';

const due = { pending: 'p'.repeat(43), enrol: false, methods: ['totp', 'recovery'], passkeysPossible: false, expiresAt: '2027-01-01T00:00:00.000Z' };
const session = { token: 't', expiresAt: '2027-01-01T00:00:00.000Z' };

function serverAnswers(answers: Record<string, (() => Response)[]>) {
  const sent: { path: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (url: string, { method = '', body }: RequestInit) => {
    const path = `${method} ${url.replace('/api/v1', '')}`;
    sent.push({ path, body: typeof body === 'string' ? JSON.parse(body) : null });
    return answers[path]?.shift()?.() ?? expect.unreachable(path);
  });
  return sent;
}

const submit = (name: string) => fireEvent.submit(screen.getByRole('button', { name }).closest('form') ?? expect.unreachable('no form'));
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

test('after the password comes the code; a wrong one is said in words and can be typed again', async () => {
  const onSignedIn = vi.fn();
  const wrong = () => Response.json({ code: 'session.second_step_wrong' }, { status: 401 });
  const sent = serverAnswers({
    'POST /session': [() => Response.json(due, { status: 202 })],
    'POST /session/second-step': [wrong, () => Response.json(session, { status: 201 })],
  });
  await renderScreen(<SignInForm email="ivan@shop.example" onSignedIn={onSignedIn} />);
  type('Password', 'correct horse battery');
  submit('Sign in');

  const field = await screen.findByLabelText<HTMLInputElement>('Code from the app');
  await vi.waitFor(() => expect(document.activeElement).toBe(field));
  expect(field).toMatchObject({ autocomplete: 'one-time-code', inputMode: 'numeric' });
  type('Code from the app', '111111');
  submit('Sign in');
  expect((await screen.findByRole('alert')).textContent).toContain('not right');
  expect(onSignedIn).not.toHaveBeenCalled();

  fireEvent.click(screen.getByRole('checkbox'));
  type('Code from the app', '222222');
  submit('Sign in');
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
  expect(sent.at(-1)?.body).toEqual({ pending: due.pending, remember: true, method: 'totp', code: '222222' });
});

test('whoever lost the phone types a recovery code', async () => {
  const onSignedIn = vi.fn();
  const sent = serverAnswers({
    'POST /session': [() => Response.json(due, { status: 202 })], 'POST /session/second-step': [() => Response.json(session, { status: 201 })],
  });
  await renderScreen(<SignInForm email="ivan@shop.example" onSignedIn={onSignedIn} />, { language: 'ru' });
  type('Пароль', 'correct horse battery');
  submit('Войти');
  fireEvent.click(await screen.findByRole('button', { name: 'С резервным кодом' }));
  type('Резервный код', 'abcd-efgh-jkmn-pqrs');
  submit('Войти');
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
  expect(sent.at(-1)?.body).toMatchObject({ method: 'recovery', code: 'abcd-efgh-jkmn-pqrs' });
});

test('whoever must set a step up gets a picture, a key, and the codes for a bad day before the desk', async () => {
  const onSignedIn = vi.fn();
  const codes = ['AAAA-BBBB-CCCC-DDDD', 'EEEE-FFFF-GGGG-HHHH'];
  serverAnswers({
    'POST /session': [() => Response.json({ ...due, enrol: true, methods: [] }, { status: 202 })],
    'POST /session/enrolment/totp': [() => Response.json({ secret: 'JBSWY3DPEHPK3PXP', address: 'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP' }, { status: 201 })],
    'POST /session/enrolment/totp/confirmation': [() => Response.json({ ...session, recoveryCodes: codes }, { status: 201 })],
  });
  await renderScreen(<SignInForm email="ivan@shop.example" onSignedIn={onSignedIn} />);
  type('Password', 'correct horse battery');
  submit('Sign in');
  fireEvent.click(await screen.findByRole('button', { name: 'Set up an authenticator app' }));
  expect(await screen.findByRole('img', { name: 'QR code for the authenticator app' })).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('Key').value).toBe('JBSW Y3DP EHPK 3PXP');
  type('Code from the app', '123456');
  submit('Confirm');
  expect((await screen.findAllByRole('listitem')).map((item) => item.textContent)).toEqual(codes);
  expect(onSignedIn).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'I have kept them' }));
  expect(onSignedIn).toHaveBeenCalledOnce();
});

test('what needs a fresh proof goes on by itself once it was given, and is refused when it was not', async () => {
  const refused = () => Response.json({ code: 'session.step_up_needed' }, { status: 403 });
  const mine = () => Response.json({ totpSince: null, recoveryCodes: 0, passkeys: [], remembered: [], isRequired: false, passkeysPossible: false, required: [] });
  serverAnswers({
    'DELETE /me/two-step/totp': [refused, () => new Response(null, { status: 204 }), refused], 'GET /me/two-step': [mine, mine],
    'POST /session/step-up': [() => Response.json(session)],
  });
  await renderScreen(<StepUpDialog />);
  const done = api.delete('/me/two-step/totp');
  expect(await screen.findByRole('dialog', { name: 'Is it still you?' })).toBeTruthy();
  await screen.findByLabelText('Password');
  type('Password', 'correct horse battery');
  submit('Continue');
  await done;
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

  const given = api.delete('/me/two-step/totp').then(() => 'done', () => 'refused');
  fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
  expect(await given).toBe('refused');
});
