import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { LANGUAGES, type Language } from '../../../../kernel/languages.ts';
import { currentLanguage, LANGUAGE_NAMES } from '../../../../platform/browser/i18n.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { Switch } from '../../../../ui/components/Switch.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { pathIn } from '../../core/attributes.ts';
import { type FieldOption, MOST_OPTIONS } from '../../core/contract.ts';
import { freeKey, keyFrom } from '../../core/keys.ts';
import { pathTo } from '../../core/values.ts';
import { useFieldsText } from '../text.ts';

type OptionsFieldsProps = {
  type: 'choice' | 'tree'; options: readonly FieldOption[];
  /** Those that are kept: records may have them, so they are switched off and not removed. */
  known: readonly { readonly key: string }[];
  showFaults: boolean; onChange: (options: readonly FieldOption[]) => void;
};

const ROOT = ' root';

/** What may be chosen, in one language at a time. */
export function OptionsFields({ type, options, known, showFaults, onChange }: OptionsFieldsProps) {
  const t = useFieldsText();
  const [language, setLanguage] = useState<Language>(currentLanguage());
  const [fresh, setFresh] = useState('');
  const [parent, setParent] = useState<string | null>(null);
  const add = () => {
    const name = fresh.trim();
    if (name === '') return;
    onChange([...options, { key: freeKey(keyFrom({ [language]: name }) || 'option', options.map(({ key }) => key)), names: { [language]: name }, parent: type === 'tree' ? parent : null, active: true }]);
    setFresh('');
  };
  const put = (key: string, change: Partial<FieldOption>) => onChange(options.map((one) => (one.key === key ? { ...one, ...change } : one)));
  const isKnown = (key: string) => known.some((one) => one.key === key);
  const move = (from: number, to: number) => onChange(options.toSpliced(from, 1).toSpliced(to, 0, options[from]!));
  /** One below it must not come before it. */
  const mayMove = (from: number, to: number) => {
    const [one, other] = [options[from], options[to]];
    return one !== undefined && other !== undefined && other.parent !== one.key && one.parent !== other.key;
  };
  const pathOf = (key: string) => pathIn(options, pathTo(options, key), language);
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-13 font-medium">{t('fields.options')}</legend>
      <Select label={t('fields.options_language')} className="w-56" options={LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))} value={language} onChange={setLanguage} />
      {options.length === 0 && <p role={showFaults ? 'alert' : undefined} className="text-13 text-ink-soft">{t('fields.options_none')}</p>}
      <ul aria-label={t('fields.options')} className="flex flex-col gap-2">
        {options.map((option, index) => {
          const path = pathOf(option.key);
          return (
            <li key={option.key} className="flex items-start gap-1">
              <TextField label={t('fields.option_name', { option: path })} labelHidden className="min-w-0 flex-1" lang={language} value={option.names[language] ?? ''} placeholder={path} maxLength={120} autoComplete="off"
                onChange={(name) => put(option.key, { names: { ...option.names, [language]: name } })} {...(type === 'tree' && option.parent !== null && { hint: path })} />
              <IconButton size="normal" icon={ArrowUp} label={t('fields.option_up', { option: path })} isDisabled={!mayMove(index, index - 1)} onPress={() => move(index, index - 1)} />
              <IconButton size="normal" icon={ArrowDown} label={t('fields.option_down', { option: path })} isDisabled={!mayMove(index, index + 1)} onPress={() => move(index, index + 1)} />
              {isKnown(option.key)
                ? <Switch aria-label={t('fields.option_active', { option: path })} isSelected={option.active} onChange={(active) => put(option.key, { active })} className="py-1.5">{null}</Switch>
                : <IconButton size="normal" icon={X} label={t('fields.option_remove', { option: path })} isDisabled={options.some((one) => one.parent === option.key)} onPress={() => onChange(options.filter(({ key }) => key !== option.key))} />}
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap items-end gap-2">
        {type === 'tree' && options.length > 0 && (
          <Select label={t('fields.option_below')} className="min-w-40 flex-1" options={[{ id: ROOT, label: t('fields.option_top') }, ...options.map(({ key }) => ({ id: key, label: pathOf(key) }))]} value={parent ?? ROOT} onChange={(id) => setParent(id === ROOT ? null : id)} />
        )}
        <TextField label={t('fields.option_new')} className="min-w-40 flex-1" lang={language} value={fresh} onChange={setFresh} maxLength={120} autoComplete="off"
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }} />
        <Button icon={Plus} onPress={add} isDisabled={fresh.trim() === '' || options.length >= MOST_OPTIONS}>{t('fields.option_add')}</Button>
      </div>
    </fieldset>
  );
}
