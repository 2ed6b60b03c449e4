import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Language, LANGUAGES } from '../../kernel/languages.ts';
import { useUiText } from '../text.ts';
import { Tabs } from './Tabs.tsx';

type LanguageTabsProps = {
  label: string;
  /** What each language calls itself. */
  names: Readonly<Record<Language, string>>;
  value: Language;
  onChange: (language: Language) => void;
  isWritten: (language: Language) => boolean;
  children: (language: Language) => ReactNode;
};

/** The same text in each language, one at a time; those in which there is one are marked. */
export function LanguageTabs({ label, names, value, onChange, isWritten, children }: LanguageTabsProps) {
  const t = useUiText();
  return (
    <Tabs
      label={label}
      value={value}
      onChange={onChange}
      tabs={LANGUAGES.map((language) => ({
        id: language,
        label: (
          <>
            {names[language]}
            {isWritten(language) && <Check aria-label={t('ui.written')} size={14} className="text-good-ink" />}
          </>
        ),
        content: <div lang={language} className="flex flex-col gap-4">{children(language)}</div>,
      }))}
    />
  );
}
