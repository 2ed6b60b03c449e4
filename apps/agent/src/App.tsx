import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { I18nProvider as AriaI18nProvider, RouterProvider as AriaRouterProvider } from 'react-aria-components';
import { localeOf, useLanguage } from '../../../platform/browser/i18n.ts';
import { createQueryClient } from '../../../platform/browser/query.ts';
import { LiveRegion } from '../../../ui/components/LiveRegion.tsx';
import { ToastRegion } from '../../../ui/components/Toast.tsx';
import { router } from './router.tsx';

const cache = createQueryClient();

export const App = () => (
  <I18nProvider i18n={i18n}>
    <AriaInOurLanguage>
      <QueryClientProvider client={cache}>
        <AriaRouterProvider navigate={(href) => router.history.push(href)}>
          <RouterProvider router={router} />
          <ToastRegion />
          <LiveRegion />
        </AriaRouterProvider>
      </QueryClientProvider>
    </AriaInOurLanguage>
  </I18nProvider>
);

const AriaInOurLanguage = ({ children }: { children: ReactNode }) => {
  const language = useLanguage();
  return <AriaI18nProvider locale={localeOf(language)}>{children}</AriaI18nProvider>;
};
