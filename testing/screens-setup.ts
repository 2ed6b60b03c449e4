import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// What is waited for may take long on a busy machine.
configure({ asyncUtilTimeout: 15_000 });
const { waitFor } = vi;
vi.waitFor = (look, options = { timeout: 15_000 }) => waitFor(look, options);

// The files share a document: what a test drew, faked or wrote down is gone before the next.
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  localStorage.clear();
});
