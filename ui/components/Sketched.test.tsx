import { screen } from '@testing-library/react';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Button } from './Button.tsx';
import { Menu } from './Menu.tsx';
import { Sketched } from './Sketched.tsx';

const chosen = vi.fn();

function Facts() {
  const [text, setText] = useState('status');
  return (
    <Sketched>
      <Button onPress={() => setText('resolved')}>{text}</Button>
      <Menu label='assignee' trigger={<Button>assign</Button>} groups={[{ entries: [{ id: 'ana', label: 'Ana', onAction: chosen }] }]} />
    </Sketched>
  );
}

// As a browser draws: what comes later has not come yet when the first drawing stands.
const surroundings = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };
let root: ReturnType<typeof createRoot>;
beforeEach(() => {
  surroundings.IS_REACT_ACT_ENVIRONMENT = false;
  root = createRoot(document.body.appendChild(document.createElement('div')));
  flushSync(() => root.render(<Facts />));
});
afterEach(() => {
  flushSync(() => root.unmount());
  document.body.replaceChildren();
  surroundings.IS_REACT_ACT_ENVIRONMENT = true;
});
const whole = () => screen.queryByRole('button', { name: 'assign' })?.hasAttribute('aria-haspopup');

test('buttons are drawn first, and whole a moment later in the same place', async () => {
  expect(whole()).toBe(false);
  const [words, looks] = [document.body.textContent, screen.getAllByRole('button').map(({ className }) => className)];
  await vi.waitFor(() => expect(whole()).toBe(true));
  expect(document.body.textContent).toBe(words);
  expect(screen.getAllByRole('button').map(({ className }) => className)).toEqual(looks);
});

test('a press that comes before is one on what it becomes', async () => {
  screen.getByRole('button', { name: 'status' }).click();
  await vi.waitFor(() => screen.getByRole('button', { name: 'resolved' }));
});

test('a menu that is opened before it is whole opens', async () => {
  screen.getByRole('button', { name: 'assign' }).click();
  await screen.findByRole('menuitem', { name: 'Ana' });
});

test('Tab finds them whole, so that the focus stays', () => {
  expect(whole()).toBe(false);
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab', bubbles: true }));
  expect(whole()).toBe(true);
});
