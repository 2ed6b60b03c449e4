import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { keysText, type Keys, useEarlyKeys, useShortcut, useShortcutList } from './shortcuts.ts';
import { useTypedAhead } from './typed-ahead.ts';

function Bound({ act, ...keys }: Keys & { act: () => void; whileTyping?: boolean }) {
  useShortcut({ label: 'Reply', group: 'Ticket', ...keys }, act);
  return (
    <>
      <button type="button">elsewhere</button>
      <input aria-label="name" />
      <div role="dialog">
        <button type="button">in a dialog</button>
      </div>
      <p>{useShortcutList().map(({ label }) => label).join()}</p>
    </>
  );
}

const press = (code: string, key: string, more: Partial<KeyboardEventInit> = {}, on: Element = document.body) =>
  fireEvent.keyDown(on, { code, key, ...more });

test.each([['r'], ['р'], ['ق']])('the key works by its place, though it types %s', (typed) => {
  const act = vi.fn();
  render(<Bound code="KeyR" act={act} />);
  press('KeyR', typed);
  expect(act).toHaveBeenCalledOnce();
});

test('a letter is a letter where one writes, and belongs to the dialog where one is open', () => {
  const act = vi.fn();
  render(<Bound code="KeyR" act={act} />);
  press('KeyR', 'r', {}, screen.getByLabelText('name'));
  press('KeyR', 'r', {}, screen.getByText('in a dialog'));
  expect(act).not.toHaveBeenCalled();
});

test('Enter is left to the button that has the focus', () => {
  const act = vi.fn();
  render(<Bound code="Enter" act={act} />);
  screen.getByText('elsewhere').focus();
  press('Enter', 'Enter', {}, screen.getByText('elsewhere'));
  expect(act).not.toHaveBeenCalled();
  press('Enter', 'Enter');
  expect(act).toHaveBeenCalledOnce();
});

test('a combination works while one writes', () => {
  const act = vi.fn();
  render(<Bound code="Enter" mod act={act} />);
  press('Enter', 'Enter', { ctrlKey: true }, screen.getByLabelText('name'));
  press('Enter', 'Enter', {}, screen.getByLabelText('name'));
  expect(act).toHaveBeenCalledOnce();
});

test('signs count wherever a keyboard keeps them', () => {
  const act = vi.fn();
  render(<Bound code="Slash" shift act={act} />);
  press('Minus', '?', { shiftKey: true });
  press('Slash', '/', {});
  expect(act).toHaveBeenCalledOnce();
});

test('of two that share a key the later one wins, and gives it back', () => {
  const [first, second] = [vi.fn(), vi.fn()];
  const one = <Bound key="one" code="KeyR" act={first} />;
  const both = render([one, <Bound key="two" code="KeyR" act={second} />]);
  press('KeyR', 'r');
  both.rerender([one]);
  press('KeyR', 'r');
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1]);
});

test('what can be pressed is listed, with keys as people name them', () => {
  render(<Bound code="KeyR" act={vi.fn()} />);
  expect(screen.getByText('Reply')).toBeTruthy();
  expect([keysText({ code: 'KeyK', mod: true }), keysText({ code: 'Slash', shift: true }), keysText({ code: 'KeyJ' })]).toEqual(['Ctrl K', '?', 'J']);
});

function Coming() {
  useEarlyKeys();
  return null;
}

test('a key that is pressed before its screen stands is kept for it, once', async () => {
  const act = vi.fn();
  const pane = render(<Coming />);
  press('KeyR', 'r');
  pane.rerender(<Bound code="KeyR" act={act} />);
  await vi.waitFor(() => expect(act).toHaveBeenCalledOnce());
  pane.rerender(<Coming />);
  pane.rerender(<Bound code="KeyR" act={act} />);
  await Promise.resolve();
  expect(act).toHaveBeenCalledOnce();
});

test.each([
  ['what waits is another screen', (pane: ReturnType<typeof render>) => pane.rerender(<Coming key="another" />)],
  ['another key was pressed since', () => press('KeyQ', 'q')],
])('a key is not kept when %s', async (_, change) => {
  const act = vi.fn();
  const pane = render(<Coming key="one" />);
  press('KeyR', 'r');
  change(pane);
  await Promise.resolve();
  pane.rerender(<Bound code="KeyR" act={act} />);
  await Promise.resolve();
  expect(act).not.toHaveBeenCalled();
});

function Going({ go }: { go: () => void }) {
  useShortcut({ label: 'Customers', group: 'Places', code: 'Digit9', leaves: true }, go);
  return <form><label><input type="checkbox" />agreed</label></form>;
}

test('a key that leaves the screen is not for whoever is in a form', () => {
  const go = vi.fn();
  render(<Going go={go} />);
  press('Digit9', '9', {}, screen.getByLabelText('agreed'));
  expect(go).not.toHaveBeenCalled();
  press('Digit9', '9');
  expect(go).toHaveBeenCalledOnce();
});

function Opening({ onKey }: { onKey: () => void }) {
  const [isOpen, setOpen] = useState(false);
  useShortcut({ label: 'Everything', group: 'Everywhere', code: 'KeyK', mod: true, opensBox: true }, () => setOpen(true));
  useShortcut({ label: 'Until', group: 'Ticket', code: 'KeyU' }, onKey);
  return isOpen ? <Box /> : null;
}

function Box() {
  const [text, setText] = useState('');
  useTypedAhead(setText);
  return <input aria-label="everything" value={text} onChange={() => undefined} />;
}

test('what is typed after the key of a box is its, also while another box still closes and keeps the focus', async () => {
  const onKey = vi.fn();
  const closing = document.body.appendChild(Object.assign(document.createElement('div'), { innerHTML: '<button>tags</button>' }));
  closing.toggleAttribute('data-exiting');
  render(<Opening onKey={onKey} />);
  press('KeyK', 'k', { ctrlKey: true }, closing.firstElementChild!);
  press('KeyU', 'U', {}, closing.firstElementChild!);
  press('KeyN', 'n', {}, closing.firstElementChild!);
  expect(screen.queryByLabelText('everything')).toBeNull();
  closing.remove();
  expect((await screen.findByLabelText('everything') as HTMLInputElement).value).toBe('Un');
  press('KeyU', 'u');
  expect(onKey).toHaveBeenCalledOnce();
});
