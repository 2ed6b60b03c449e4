import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../testing/screen.tsx';
import { Button } from './components/Button.tsx';
import { Dialog } from './components/Dialog.tsx';
import { TextArea } from './components/TextArea.tsx';
import { TextField } from './components/TextField.tsx';

test('Escape closes a dialog from a field and a button that have keys of their own; their own keys go no further', async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: true }));
  const [closed, around] = [vi.fn(), vi.fn()];
  const own = (event: { key: string; preventDefault: () => void }) => { if (event.key === 'Enter') event.preventDefault(); };
  await renderScreen(
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- what lies around hears what goes on
    <div onKeyDown={({ key }) => around(key)}>
      <Dialog isOpen onClose={closed} title="Choices">
        <TextField label="New" onKeyDown={own} />
        <TextArea label="Why" onKeyDown={own} />
        <Button onKeyDown={own}>Add</Button>
      </Dialog>
    </div>,
  );
  const places = [screen.getByRole('textbox', { name: 'New' }), screen.getByRole('textbox', { name: 'Why' }), screen.getByRole('button', { name: 'Add' })];
  for (const [i, place] of places.entries()) {
    fireEvent.keyDown(place, { key: 'Enter' });
    fireEvent.keyDown(place, { key: 'Escape' });
    expect(closed, place.outerHTML).toHaveBeenCalledTimes(i + 1);
  }
  expect(around.mock.calls.flat()).not.toContain('Enter');
});
