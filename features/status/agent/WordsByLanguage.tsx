import { useState } from 'react';
import type { Language } from '../../../kernel/languages.ts';
import { LANGUAGE_NAMES, languageToOpen } from '../../../platform/browser/i18n.ts';
import { LanguageTabs } from '../../../ui/components/LanguageTabs.tsx';
import { TextArea } from '../../../ui/components/TextArea.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import type { Texts } from '../core/contract.ts';
import { useStatusText } from './text.ts';

export type Words = { readonly titles: Texts; readonly texts: Texts };
type WordsByLanguageProps = { words: Words; onChange: (words: Words) => void; /** Whether there is a title to write. */ hasTitle: boolean };

/** Title and text, one language at a time. */
export function WordsByLanguage({ words: { titles, texts }, onChange, hasTitle }: WordsByLanguageProps) {
  const t = useStatusText();
  // Until a language is chosen the first field has the focus; after that the tabs keep it, for the arrow keys.
  const [chosen, setChosen] = useState<Language | null>(null);
  const [first] = useState(() => languageToOpen(texts));
  return (
    <LanguageTabs label={t('statuspage.texts')} names={LANGUAGE_NAMES} value={chosen ?? first} onChange={setChosen} isWritten={(language) => Boolean(texts[language]?.trim())}>
      {(language) => (
        <>
          {hasTitle && <TextField label={t('statuspage.title')} value={titles[language] ?? ''} onChange={(text) => onChange({ titles: { ...titles, [language]: text }, texts })} maxLength={100} autoComplete="off" autoFocus={chosen === null} />}
          <TextArea label={t('statuspage.text')} value={texts[language] ?? ''} onChange={(text) => onChange({ titles, texts: { ...texts, [language]: text } })} rows={5} maxLength={5_000} autoFocus={!hasTitle && chosen === null} />
        </>
      )}
    </LanguageTabs>
  );
}
