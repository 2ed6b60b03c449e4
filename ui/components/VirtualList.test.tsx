import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { giveLayout } from '../../testing/screen.tsx';
import { VirtualList } from './VirtualList.tsx';

giveLayout();
const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `r${index}`, name: `Row ${index}` }));

type ListProps = { from?: string | null; count?: number; onOpen?: (id: string) => void; onToggle?: (id: string) => void; onEndReached?: () => void; takesFocus?: boolean };

function List({ from = 'r0', count = 1000, onOpen = vi.fn(), ...rest }: ListProps) {
  const [active, setActive] = useState<string | null>(from);
  return (
    <VirtualList
      label="Tickets"
      items={rows(count)}
      idOf={({ id }) => id}
      rowHeight={40}
      render={({ name }) => name}
      activeId={active}
      onActive={setActive}
      onOpen={onOpen}
      {...rest}
    />
  );
}

const list = () => screen.getByRole('listbox', { name: 'Tickets' });
const activeRow = () => document.getElementById(list().getAttribute('aria-activedescendant') ?? '')?.textContent;

test('draws what is seen and says how many there are', () => {
  render(<List />);
  const drawn = screen.getAllByRole('option');
  expect(drawn.length).toBeLessThan(60);
  expect(drawn[0]?.getAttribute('aria-setsize')).toBe('1000');
});

test('arrows move and stop at the ends, Enter opens', () => {
  const onOpen = vi.fn();
  render(<List onOpen={onOpen} />);
  fireEvent.keyDown(list(), { key: 'ArrowUp' });
  expect(activeRow()).toBe('Row 0');
  fireEvent.keyDown(list(), { key: 'ArrowDown' });
  fireEvent.keyDown(list(), { key: 'ArrowDown' });
  expect(activeRow()).toBe('Row 2');
  expect(onOpen).not.toHaveBeenCalled();
  fireEvent.keyDown(list(), { key: 'Enter' });
  expect(onOpen).toHaveBeenCalledExactlyOnceWith('r2');
});

test('keys that come to a list of which no row was chosen act on the first, which is seen', () => {
  const onOpen = vi.fn();
  render(<List from={null} onOpen={onOpen} takesFocus />);
  expect(document.activeElement).toBe(list());
  expect(activeRow()).toBe('Row 0');
  fireEvent.keyDown(list(), { key: 'Enter' });
  expect(onOpen).toHaveBeenCalledExactlyOnceWith('r0');
});

test('an arrow that leads out of the list is left to whoever holds it', () => {
  render(<List count={2} />);
  expect(fireEvent.keyDown(list(), { key: 'ArrowUp' })).toBe(true);
  expect(fireEvent.keyDown(list(), { key: 'ArrowDown' })).toBe(false);
  expect(fireEvent.keyDown(list(), { key: 'ArrowDown' })).toBe(true);
});

test('several are chosen by Space or a click with Ctrl, which opens nothing', () => {
  const [onOpen, onToggle] = [vi.fn(), vi.fn()];
  render(<List onOpen={onOpen} onToggle={onToggle} />);
  fireEvent.keyDown(list(), { key: ' ' });
  fireEvent.click(screen.getByText('Row 3'), { ctrlKey: true });
  expect(onToggle.mock.calls).toEqual([['r0'], ['r3']]);
  expect(onOpen).not.toHaveBeenCalled();
});

test('asks for more when the last rows come into sight, not before', () => {
  const onEndReached = vi.fn();
  const { unmount } = render(<List count={1000} onEndReached={onEndReached} />);
  expect(onEndReached).not.toHaveBeenCalled();
  unmount();
  render(<List count={12} onEndReached={onEndReached} />);
  expect(onEndReached).toHaveBeenCalled();
});
