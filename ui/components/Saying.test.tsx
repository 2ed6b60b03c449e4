import { act, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { listening } from '../../testing/listening.tsx';
import { renderScreen } from '../../testing/screen.tsx';
import { Counting } from './Counting.tsx';
import { announce, LiveRegion } from './LiveRegion.tsx';
import { toast, ToastRegion } from './Toast.tsx';

/** Whoever listens is told between two turns of the page. */
const turn = () => act(async () => Promise.resolve());

test('every sentence is heard once: two at the same moment, and the same one again', async () => {
  await renderScreen(<LiveRegion />);
  const heard = listening();
  act(() => { announce('Ana is here.'); announce('Ben is here.'); });
  await turn();
  act(() => announce('Ben is here.'));
  await turn();
  for (const n of [1, 2, 3, 4, 5]) {
    act(() => announce(`Sentence ${n}.`));
    await turn();
  }
  expect(heard).toEqual(['Ana is here.', 'Ben is here.', 'Ben is here.', ...[1, 2, 3, 4, 5].map((n) => `Sentence ${n}.`)]);
});

test('a notice is heard once when it comes, and not again when others come and go', async () => {
  await renderScreen(<ToastRegion />);
  const heard = listening();
  act(() => void toast({ text: 'Deleted', action: { label: 'Undo', onAction: vi.fn() } }));
  await turn();
  act(() => void toast({ text: 'Saved' }));
  await turn();
  fireEvent.click(screen.getAllByRole('button', { name: 'Close' })[0]!);
  await turn();
  expect(heard).toEqual(['Deleted', 'Saved']);
});

test('what counts down is seen to count, and heard once', async () => {
  function Notice() {
    const [seconds, setSeconds] = useState(11);
    return (
      <>
        <button type="button" onClick={() => setSeconds(seconds - 1)}>A second</button>
        {seconds <= 10 && <div role="alert"><Counting>{`Sends in ${seconds} s`}</Counting></div>}
      </>
    );
  }
  await renderScreen(<Notice />);
  const heard = listening();
  for (let turns = 0; turns < 3; turns += 1) {
    fireEvent.click(screen.getByRole('button', { name: 'A second' }));
    await turn();
  }
  expect(screen.getByText('Sends in 8 s').getAttribute('aria-hidden')).toBe('true');
  expect(heard).toEqual(['Sends in 10 s']);
});
