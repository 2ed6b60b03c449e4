import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// The files share a document: what a test drew, faked or wrote down is gone before the next.
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  localStorage.clear();
});
