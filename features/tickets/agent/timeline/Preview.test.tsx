import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../../../testing/screen.tsx';
import { Attachments } from './Attachments.tsx';

const file = (n: number, name: string, contentType: string, size = 2_000) => ({ id: `00000000-0000-7000-8000-00000000000${n}`, name, contentType, size, sha256: '', url: `/api/v1/files/f${n}` });
const FILES = [file(1, 'lid.png', 'image/png'), file(2, 'leak.mp4', 'video/mp4'), file(3, 'bill.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'), file(4, 'huge.jpg', 'image/jpeg', 9_000_000)];

async function show(language: 'en' | 'ar' = 'en') {
  vi.stubGlobal('matchMedia', () => ({ matches: true }));
  await renderScreen(<Attachments attachments={FILES} />, { language });
  return { seen: () => within(screen.getByRole('dialog')).getByRole('heading').textContent };
}

test('pictures and films of a message are looked at one after the other, by arrow keys too, and everything can be downloaded', async () => {
  const { seen } = await show();
  fireEvent.click(screen.getByRole('button', { name: 'Show lid.png' }));
  expect([seen(), screen.getByRole('status').textContent, screen.getByRole('link', { name: 'Download' }).getAttribute('href')]).toEqual(['lid.png', '1 of 2', '/api/v1/files/f1']);
  fireEvent.keyDown(screen.getByRole('button', { name: 'Next' }), { key: 'ArrowRight' });
  expect(seen()).toBe('leak.mp4');
  const film = screen.getByTitle('leak.mp4');
  expect([film.getAttribute('src'), film.getAttribute('sandbox')]).toEqual(['/api/v1/files/f2/player', 'allow-scripts']);
  fireEvent.keyDown(screen.getByRole('button', { name: 'Next' }), { key: 'ArrowRight' });
  expect(seen(), 'after the last comes the first').toBe('lid.png');
  fireEvent.keyDown(screen.getByRole('button', { name: 'Previous' }), { key: 'ArrowLeft' });
  expect(seen()).toBe('leak.mp4');
  fireEvent.keyDown(screen.getByRole('button', { name: 'Previous' }), { key: 'Escape' });
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('what is too large or of another kind is offered for download alone', async () => {
  await show();
  expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual(['Show lid.png', 'Play leak.mp4']);
  expect(within(screen.getByRole('list', { name: 'Attachments' })).getAllByRole('link')).toHaveLength(4);
});

test('a photo of a telephone is shown as what the server makes of it; one of which it makes nothing stays a file', async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: true }));
  await renderScreen(<Attachments attachments={[file(1, 'IMG_1.HEIC', 'image/heic'), file(2, 'IMG_2.heic', 'application/octet-stream'), file(3, 'huge.heic', 'image/heic', 31_000_000), file(4, 'notes.bin', 'application/octet-stream')]} />);
  const pictures = screen.getAllByRole<HTMLImageElement>('img');
  expect(pictures.map((one) => one.getAttribute('src'))).toEqual(['/api/v1/files/f1/preview', '/api/v1/files/f2/preview']);
  fireEvent.click(screen.getByRole('button', { name: 'Show IMG_1.HEIC' }));
  const dialog = within(screen.getByRole('dialog'));
  expect(dialog.getByRole('link', { name: 'Download' }).getAttribute('href'), 'as it came').toBe('/api/v1/files/f1');
  fireEvent.error(dialog.getByRole('img'));
  expect(dialog.getByText('This picture cannot be shown. Download it to look at it.')).toBeTruthy();
  fireEvent.error(pictures[1]!);
  expect(screen.queryByRole('button', { name: 'Show IMG_2.heic', hidden: true })).toBeNull();
  expect(within(screen.getByRole('list', { name: 'Attachments', hidden: true })).getAllByRole('link', { hidden: true })).toHaveLength(4);
});

test('where reading goes the other way, so do the arrows', async () => {
  document.documentElement.dir = 'rtl';
  try {
    const { seen } = await show('ar');
    fireEvent.click(screen.getAllByRole('button')[0]!);
    fireEvent.keyDown(within(screen.getByRole('dialog')).getAllByRole('button').at(-1)!, { key: 'ArrowLeft' });
    expect(seen()).toBe('leak.mp4');
    fireEvent.keyDown(within(screen.getByRole('dialog')).getAllByRole('button').at(-1)!, { key: 'ArrowRight' });
    expect(seen()).toBe('lid.png');
  } finally {
    document.documentElement.dir = '';
  }
});
