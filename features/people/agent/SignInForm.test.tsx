import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../../testing/screen.tsx';
import { SignInForm } from './SignInForm.tsx';

function serverAnswers(...answers: Response[]) {
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => answers.shift() ?? expect.unreachable('asked too often'));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

const enter = (email: string, password: string) => {
  fireEvent.change(screen.getByLabelText('E-mail'), { target: { value: email } });
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: password } });
  fireEvent.submit(screen.getByRole('button', { name: 'Sign in' }).closest('form') ?? expect.unreachable('no form'));
};

const wrong = () => Response.json({ code: 'session.wrong_credentials' }, { status: 401 });
const right = () => Response.json({ token: 't', expiresAt: '2027-01-01T00:00:00.000Z' }, { status: 201 });

test('a wrong password is said in words and can be tried again', async () => {
  const onSignedIn = vi.fn();
  const fetch = serverAnswers(wrong(), right());
  await renderScreen(<SignInForm onSignedIn={onSignedIn} />);

  enter('ivan@shop.example', 'not this one');
  expect((await screen.findByRole('alert')).textContent).toContain("don't match");
  expect(onSignedIn).not.toHaveBeenCalled();

  enter('ivan@shop.example', 'but this one');
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
  expect(JSON.parse(fetch.mock.calls[1]?.[1].body as string)).toEqual({ email: 'ivan@shop.example', password: 'but this one' });
});

test('how long to wait is said in the language of the reader', async () => {
  serverAnswers(Response.json({ code: 'session.too_many_attempts' }, { status: 429, headers: { 'retry-after': '3' } }));
  await renderScreen(<SignInForm onSignedIn={vi.fn()} />, { language: 'pl' });
  fireEvent.submit(screen.getByRole('button', { name: 'Zaloguj się' }).closest('form') ?? expect.unreachable('no form'));
  expect((await screen.findByRole('alert')).textContent).toContain('Odczekaj 3 sekundy');
});

test('password managers find both fields, and a known address leaves the password to be typed', async () => {
  await renderScreen(<SignInForm email="ivan@shop.example" onSignedIn={vi.fn()} />);
  expect(screen.getByLabelText<HTMLInputElement>('E-mail')).toMatchObject({ value: 'ivan@shop.example', autocomplete: 'username' });
  // After what looked like a screen reader the focus follows a moment later.
  await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Password')));
  expect(screen.getByLabelText<HTMLInputElement>('Password').autocomplete).toBe('current-password');
});

test('an empty field is told in the language of the reader, not of the browser, and nothing is sent', async () => {
  const fetch = serverAnswers();
  await renderScreen(<SignInForm onSignedIn={vi.fn()} />, { language: 'bg' });
  fireEvent.click(screen.getByRole('button', { name: 'Влизане' }));
  expect(await screen.findAllByText('Попълнете това поле.')).toHaveLength(2);
  expect(fetch).not.toHaveBeenCalled();
});
