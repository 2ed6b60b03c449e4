import { useState } from 'react';
import { LANGUAGES } from '../../../../kernel/languages.ts';
import { LANGUAGE_NAMES, speak, useLanguage } from '../../../../platform/browser/i18n.ts';
import { setTheme, THEMES, useTheme } from '../../../../platform/browser/theme.ts';
import { RadioGroup } from '../../../../ui/components/RadioGroup.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { KitActions } from './KitActions.tsx';
import { KitColours } from './KitColours.tsx';
import { KitConditions } from './KitConditions.tsx';
import { KitFields } from './KitFields.tsx';
import { KitStates } from './KitStates.tsx';

/** Every component in every state, in one look. English, since only its makers read it. */
export function KitScreen() {
  const language = useLanguage();
  const theme = useTheme();
  const [fruit, setFruit] = useState<'all' | 'one'>('all');
  return (
    <div className="h-full overflow-auto bg-canvas">
      <title>Kit · Rapport</title>
      <main className="mx-auto flex max-w-page flex-col gap-10 px-6 py-8">
        <header className="flex flex-wrap items-end gap-4">
          <h1 className="flex-1 text-24 font-semibold">Kit</h1>
          <Select label="Language" className="w-40" options={LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))} value={language} onChange={(id) => void speak(id)} />
          <Select label="Theme" className="w-40" options={THEMES.map((id) => ({ id, label: id }))} value={theme} onChange={setTheme} />
        </header>
        <RadioGroup
          label="Layout"
          layout="line"
          value={fruit}
          onChange={setFruit}
          options={[
            { id: 'all', label: 'All' },
            { id: 'one', label: 'Only fields' },
          ]}
        />
        {fruit === 'all' && <KitColours />}
        {fruit === 'all' && <KitActions />}
        <KitFields />
        <KitConditions />
        {fruit === 'all' && <KitStates />}
      </main>
    </div>
  );
}
