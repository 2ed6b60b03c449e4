import { Plus, X } from 'lucide-react';
import type { Language } from '../../../../kernel/languages.ts';
import { LANGUAGE_NAMES } from '../../../../platform/browser/i18n.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import type { Proactive } from '../../core/visitor-contract.ts';
import { useChatText } from '../text.ts';
import { type ChoiceLines, linesOf, toChoices } from './choices.ts';

export type ProactiveDraft = { readonly kept: Proactive; readonly pages: string; readonly after: string; readonly every: string; /** `name=value` each. */ readonly attributes: string; readonly choices: ChoiceLines };

const MOST = 20;
export const draftOf = (kept: Proactive): ProactiveDraft => ({
  kept, pages: kept.pageContains.join(' '), after: String(kept.afterSeconds), every: String(kept.everyHours), attributes: kept.attributes.map(({ key, is }) => `${key}=${is}`).join('\n'), choices: linesOf(kept.choices),
});
export const toProactive = ({ kept, pages, after, every, attributes, choices }: ProactiveDraft): Proactive => ({
  ...kept, text: Object.fromEntries(Object.entries(kept.text).filter(([, text]) => text.trim() !== '')), pageContains: pages.split(/\s+/).filter((part) => part !== ''), afterSeconds: Number(after), everyHours: Number(every),
  attributes: attributes.split('\n').map((line) => line.split('=')).flatMap(([key = '', ...is]) => (key.trim() === '' ? [] : [{ key: key.trim(), is: is.join('=').trim() }])), choices: toChoices(choices),
});
const blank = (): ProactiveDraft => draftOf({ id: crypto.randomUUID(), isOn: true, text: {}, pageContains: [], afterSeconds: 20, attributes: [], everyHours: 24, choices: [] });

/** What a chat says by itself, where and how often; the words are in the language that is being written. */
export function ProactiveFields({ drafts, language, onChange }: { drafts: readonly ProactiveDraft[]; language: Language; onChange: (drafts: readonly ProactiveDraft[]) => void }) {
  const t = useChatText();
  const set = (at: number, change: Partial<ProactiveDraft>) => onChange(drafts.map((draft, i) => (i === at ? { ...draft, ...change } : draft)));
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-13 font-medium">{t('chat.proactive')}</legend>
      <p className="text-13 text-ink-faint">{t('chat.proactive.what')}</p>
      {drafts.map((draft, i) => (
        <div key={draft.kept.id} className="flex flex-col gap-3 rounded-control border border-hairline p-3">
          <div className="flex items-start gap-2">
            <TextArea label={t('chat.proactive.text', { language: LANGUAGE_NAMES[language] })} rows={2} maxLength={500} className="min-w-0 flex-1" value={draft.kept.text[language] ?? ''} onChange={(text) => set(i, { kept: { ...draft.kept, text: { ...draft.kept.text, [language]: text } } })} />
            <IconButton label={t('chat.proactive.remove')} icon={X} onPress={() => onChange(drafts.filter((_one, at) => at !== i))} />
          </div>
          <TextArea label={t('chat.proactive.choices', { language: LANGUAGE_NAMES[language] })} hint={t('chat.choices.what')} rows={2} maxLength={500} value={draft.choices[language] ?? ''} onChange={(text) => set(i, { choices: { ...draft.choices, [language]: text } })} />
          <TextField label={t('chat.proactive.pages')} hint={t('chat.proactive.pages_what')} value={draft.pages} onChange={(pages) => set(i, { pages })} isLatin />
          <TextArea label={t('chat.proactive.attributes')} hint={t('chat.proactive.attributes_what')} rows={1} maxLength={2_000} value={draft.attributes} onChange={(text) => set(i, { attributes: text })} />
          <div className="flex flex-wrap gap-4">
            <TextField type="number" label={t('chat.proactive.after')} value={draft.after} onChange={(after) => set(i, { after })} isLatin isRequired />
            <TextField type="number" label={t('chat.proactive.every')} value={draft.every} onChange={(every) => set(i, { every })} isLatin isRequired />
          </div>
          <Checkbox isSelected={draft.kept.isOn} onChange={(isOn) => set(i, { kept: { ...draft.kept, isOn } })}>{t('chat.proactive.on')}</Checkbox>
        </div>
      ))}
      {drafts.length < MOST && <Button size="small" icon={Plus} className="self-start" onPress={() => onChange([...drafts, blank()])}>{t('chat.proactive.add')}</Button>}
    </fieldset>
  );
}
