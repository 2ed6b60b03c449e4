import { i18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { I18nProvider } from '@lingui/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import { I18nProvider as AriaI18nProvider } from 'react-aria-components';
import { afterAll } from 'vitest';
import type { Language } from '../kernel/languages.ts';
import { startSpeaking } from '../platform/browser/i18n.ts';

const files = import.meta.glob<Record<string, string>>(['../features/*/messages/*.json', '../ui/messages/*.json', '../apps/agent/messages/*.json'], {
  eager: true,
  import: 'default',
});

/** Draws a part of a screen with what the app gives it: sentences, a language, a cache that asks only once. */
export async function renderScreen(children: ReactNode, { language = 'en' }: { language?: Language } = {}): Promise<RenderResult & { cache: QueryClient }> {
  i18n.setMessagesCompiler(compileMessage);
  await startSpeaking(async (wished) => everySentence(wished), language);
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  const drawn = render(
    <I18nProvider i18n={i18n}>
      <AriaI18nProvider locale={language}>
        <QueryClientProvider client={cache}>{children}</QueryClientProvider>
      </AriaI18nProvider>
    </I18nProvider>,
  );
  return { ...drawn, cache };
}

/** jsdom lays nothing out: for the tests of this file, rows of a list become `row` px high, everything else `box` px. */
export function giveLayout({ row = 40, box = 400 } = {}): void {
  for (const side of ['clientWidth', 'clientHeight', 'offsetWidth', 'offsetHeight']) {
    const before = Object.getOwnPropertyDescriptor(HTMLElement.prototype, side);
    afterAll(() => { if (before) Object.defineProperty(HTMLElement.prototype, side, before); else Reflect.deleteProperty(HTMLElement.prototype, side); });
    Object.defineProperty(HTMLElement.prototype, side, {
      configurable: true,
      get(this: HTMLElement): number {
        return this.getAttribute('role') === 'option' ? row : box;
      },
    });
  }
}

/** The messages of all rooms, as the app's catalogue of this language holds them. */
export const everySentence = (language: Language): Record<string, string> =>
  Object.assign({}, ...Object.entries(files).filter(([path]) => path.endsWith(`/${language}.json`)).map(([, messages]) => messages));
