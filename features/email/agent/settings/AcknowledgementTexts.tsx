import { useState } from 'react';
import type { Language } from '../../../../kernel/languages.ts';
import { currentLanguage, LANGUAGE_NAMES } from '../../../../platform/browser/i18n.ts';
import { LanguageTabs } from '../../../../ui/components/LanguageTabs.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { useEmailText } from '../text.ts';

export type Texts = { [L in Language]?: { subject: string; text: string } | undefined };

export const withoutEmpty = (texts: Texts): Texts =>
  Object.fromEntries(Object.entries(texts).filter(([, words]) => words && (words.subject.trim() || words.text.trim())));

/** What a customer is told at once, in each language; without own words the server has good ones. */
export function AcknowledgementTexts({ value, onChange }: { value: Texts; onChange: (texts: Texts) => void }) {
  const t = useEmailText();
  const [shown, setShown] = useState<Language>(currentLanguage());

  return (
    <LanguageTabs label={t('email.mailboxes.acknowledgement')} names={LANGUAGE_NAMES} value={shown} onChange={setShown} isWritten={(language) => Boolean(value[language]?.text.trim())}>
      {(language) => {
        const words = value[language] ?? { subject: '', text: '' };
        const put = (change: Partial<typeof words>) => onChange({ ...value, [language]: { ...words, ...change } });
        return (
          <>
            <TextField label={t('email.mailboxes.ack_subject')} value={words.subject} onChange={(subject) => put({ subject })} maxLength={300} optional />
            <TextArea
              label={t('email.mailboxes.ack_text')}
              hint={t('email.mailboxes.ack_hint')}
              value={words.text}
              onChange={(text) => put({ text })}
              rows={5}
              maxLength={10_000}
              optional
            />
          </>
        );
      }}
    </LanguageTabs>
  );
}
