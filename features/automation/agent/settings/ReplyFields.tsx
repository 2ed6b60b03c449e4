import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Language, LANGUAGES } from '../../../../kernel/languages.ts';
import { currentLanguage, LANGUAGE_NAMES } from '../../../../platform/browser/i18n.ts';
import { LanguageTabs } from '../../../../ui/components/LanguageTabs.tsx';
import { RadioGroup } from '../../../../ui/components/RadioGroup.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { MOST_WORDS } from '../../core/actions.ts';
import { savedReplies } from '../queries.ts';
import { useAutomationText } from '../text.ts';
import type { ActionFieldsProps } from './draft.ts';
import { WordsField } from './WordsField.tsx';

type Texts = Partial<Record<Language, string>>;

/** A mail to the customer: a saved reply, or a text of the rule's own in as many languages as somebody wrote it. */
export function ReplyFields({ action, onChange }: ActionFieldsProps) {
  const t = useAutomationText();
  const { data } = useQuery(savedReplies);
  const texts = action['texts'] as Texts | undefined;
  const source = texts ? 'texts' : 'saved';
  return (
    <>
      <p className="text-13 text-ink-faint">{t('automation.reply.hint')}</p>
      <RadioGroup
        label={t('automation.reply.source')} labelHidden layout="line" value={source}
        options={[{ id: 'saved', label: t('automation.reply.saved') }, { id: 'texts', label: t('automation.reply.own') }]}
        onChange={(chosen) => onChange({ type: 'reply', ...(chosen === 'texts' && { texts: {} }) })}
      />
      {texts ? (
        <TextsField texts={texts} onChange={(next) => onChange({ type: 'reply', texts: next })} />
      ) : (
        <Select
          label={t('automation.reply.saved')} labelHidden placeholder={t('automation.choose')} className="max-w-80"
          options={(data?.items ?? []).map(({ id, name }) => ({ id, label: name }))} value={typeof action['savedReplyId'] === 'string' ? action['savedReplyId'] : null}
          onChange={(savedReplyId) => onChange({ type: 'reply', savedReplyId })}
        />
      )}
    </>
  );
}

function TextsField({ texts, onChange }: { texts: Texts; onChange: (texts: Texts) => void }) {
  const t = useAutomationText();
  const [shown, setShown] = useState<Language>(LANGUAGES.find((language) => texts[language]) ?? currentLanguage());
  const put = (text: string) => onChange(Object.fromEntries(Object.entries({ ...texts, [shown]: text }).filter(([, words]) => words.trim() !== '')));
  return (
    <LanguageTabs label={t('automation.reply.texts')} names={LANGUAGE_NAMES} value={shown} onChange={setShown} isWritten={(language) => Boolean(texts[language])}>
      {(language) => <WordsField label={t('automation.words')} value={texts[language] ?? ''} maxLength={MOST_WORDS} rows={5} onChange={put} />}
    </LanguageTabs>
  );
}
