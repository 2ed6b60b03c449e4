import { Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { LANGUAGES } from '../../../../kernel/languages.ts';
import { LANGUAGE_NAMES, speak, useLanguage } from '../../../../platform/browser/i18n.ts';
import { setTheme, THEMES, useTheme } from '../../../../platform/browser/theme.ts';
import { Select } from '../../../../ui/components/Select.tsx';
import { CentredPage } from '../../../../ui/layout/CentredPage.tsx';
import { useAppText } from '../text.ts';
import { Mark } from './Mark.tsx';

/** What those see who are not signed in: one card, and the two choices that can be made before anybody is known. */
export const PublicPage = ({ children = <Outlet /> }: { children?: ReactNode }) => (
  <CentredPage
    mark={
      <div className="flex items-center gap-2.5 px-1">
        <Mark />
        <span className="text-16 font-semibold">Rapport</span>
      </div>
    }
    footer={<Choices />}
  >
    {children}
  </CentredPage>
);

function Choices() {
  const t = useAppText();
  return (
    <>
      <Select
        label={t('app.language')}
        labelHidden
        className="w-36"
        options={LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))}
        value={useLanguage()}
        onChange={(language) => void speak(language)}
      />
      <Select
        label={t('app.theme')}
        labelHidden
        className="w-36"
        options={THEMES.map((id) => ({ id, label: t(`app.theme.${id}`) }))}
        value={useTheme()}
        onChange={setTheme}
      />
    </>
  );
}
