import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../testing/screen.tsx';
import { OrderedList } from './OrderedList.tsx';

const ROW_PX = 40;

async function listOf(names: string[]) {
  const moved: [name: string, to: number][] = [];
  function Held() {
    const [items, setItems] = useState(names.map((name) => ({ id: name, name })));
    return (
      <OrderedList label="Rules" items={items} nameOf={({ name }) => name} onMove={(item, to) => {
        moved.push([item.name, to]);
        const rest = items.filter(({ id }) => id !== item.id);
        setItems([...rest.slice(0, to), item, ...rest.slice(to)]);
      }}>
        {({ name }) => <span data-row>{name}</span>}
      </OrderedList>
    );
  }
  const { container } = await renderScreen(<Held />);
  // jsdom lays nothing out.
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function at(this: HTMLElement) {
    return { top: [...(this.parentElement?.children ?? [])].indexOf(this) * ROW_PX, height: ROW_PX } as DOMRect;
  });
  Object.assign(HTMLElement.prototype, { setPointerCapture: () => undefined });
  return { moved, shown: () => [...container.querySelectorAll('[data-row]')].map(({ textContent }) => textContent) };
}

const handle = (name: string) => screen.getByRole('button', { name: new RegExp(`^Move ${name}:`) });

test('the arrow keys on a handle move its row one place, and stop at the ends', async () => {
  const { moved, shown } = await listOf(['one', 'two', 'three']);
  handle('one').focus();
  fireEvent.keyDown(handle('one'), { key: 'ArrowUp' });
  expect(moved).toEqual([]);
  fireEvent.keyDown(handle('one'), { key: 'ArrowDown' });
  expect(shown()).toEqual(['two', 'one', 'three']);
  expect(document.activeElement).toBe(handle('one'));
  fireEvent.keyDown(handle('one'), { key: 'ArrowDown' });
  expect(shown()).toEqual(['two', 'three', 'one']);
});

test.each([
  ['one', 95, ['two', 'one', 'three']], ['one', 115, ['two', 'three', 'one']], ['three', 5, ['three', 'one', 'two']], ['two', 50, ['one', 'two', 'three']],
])('%s dragged to %i px falls where it was let go', async (name, y, order) => {
  const { shown } = await listOf(['one', 'two', 'three']);
  fireEvent.pointerDown(handle(name), { button: 0 });
  fireEvent.pointerMove(handle(name), { clientY: y });
  fireEvent.pointerUp(handle(name));
  expect(shown()).toEqual(order);
});

test('Escape lets go without a change', async () => {
  const { moved } = await listOf(['one', 'two']);
  fireEvent.pointerDown(handle('one'), { button: 0 });
  fireEvent.pointerMove(handle('one'), { clientY: 79 });
  fireEvent.keyDown(handle('one'), { key: 'Escape' });
  fireEvent.pointerUp(handle('one'));
  expect(moved).toEqual([]);
});
