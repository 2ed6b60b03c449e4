import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { speakFor } from '../platform/browser/api.ts';
import { clearToasts } from '../ui/components/Toast.tsx';

// What is waited for may take long on a busy machine.
configure({ asyncUtilTimeout: 15_000 });
const { waitFor } = vi;
vi.waitFor = (look, options = { timeout: 15_000 }) => waitFor(look, options);

// jsdom's frames come by an interval that it keeps: one begun while a test turns the clock would never come again, for nobody.
const { setTimeout: later, clearTimeout: never } = globalThis;
globalThis.requestAnimationFrame = (draw) => Number(later(() => draw(performance.now()), 16));
globalThis.cancelAnimationFrame = (frame) => never(frame);

// Whoever comes has a mouse unless the test says otherwise: after the press of a screen reader the focus follows a frame later.
beforeEach(() => { document.dispatchEvent(new Event('pointermove')); });

// The files share a document: what a test drew, faked or wrote down is gone before the next.
afterEach(() => {
  cleanup();
  clearToasts();
  speakFor(null);
  vi.unstubAllGlobals();
  vi.useRealTimers();
  localStorage.clear();
});
