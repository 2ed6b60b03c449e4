import { useSyncExternalStore } from 'react';
import { storage } from './storage.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const listeners = new Set<() => void>();
const isTheme = (value: unknown): value is Theme => THEMES.includes(value as Theme);

export const currentTheme = (): Theme => {
  const theme = document.documentElement.dataset['theme'];
  return isTheme(theme) ? theme : 'system';
};

/** Light, dark, or as the system wishes; remembered by this browser for the next start. */
export function setTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  storage.set('theme', theme);
  for (const listener of listeners) listener();
}

/** Called once, before anything is drawn. */
export function restoreTheme(): void {
  const theme = storage.get('theme');
  if (isTheme(theme)) setTheme(theme);
}

export const useTheme = (): Theme =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    currentTheme,
  );
