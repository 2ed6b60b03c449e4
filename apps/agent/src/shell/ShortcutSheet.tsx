import { useState } from 'react';
import { ownKeys } from '../../../../platform/browser/own-keys.ts';
import { changeKeys, type Shortcut, useShortcutList } from '../../../../platform/browser/shortcuts.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { Switch } from '../../../../ui/components/Switch.tsx';
import { useAppText } from '../text.ts';
import { KeyChange } from './KeyChange.tsx';

/** Every key that does something at this moment, and what somebody makes of them. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const t = useAppText();
  return (
    <Dialog isOpen onClose={onClose} title={t('app.shortcuts')} size="wide">
      <p className="mb-4 text-13 text-ink-faint">{t('app.shortcuts.physical')}</p>
      <LettersAlone />
      <ShortcutTable />
    </Dialog>
  );
}

/** Speech input and shaking hands press letters that nobody meant. */
function LettersAlone() {
  const t = useAppText();
  const [isOff, setOff] = useState(ownKeys().isOff);
  const turn = (isOn: boolean) => {
    changeKeys({ ...ownKeys(), isOff: !isOn });
    setOff(!isOn);
  };
  return (
    <div className="mb-4">
      <Switch isSelected={!isOff} onChange={turn} hint={t('app.keys.alone.hint')}>{t('app.keys.alone')}</Switch>
    </div>
  );
}

function ShortcutTable() {
  const groups = Map.groupBy(useShortcutList(), ({ group }) => group);
  return (
    <div className="columns-2 gap-8 max-wide:columns-1">
      {[...groups].map(([group, shortcuts]) => (
        <section key={group} className="mb-5 break-inside-avoid">
          <h3 className="mb-1.5 text-13 font-semibold">{group}</h3>
          <dl className="flex flex-col">
            {shortcuts.map((shortcut) => (
              <Line key={`${shortcut.code}${shortcut.mod}${shortcut.shift}`} shortcut={shortcut} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

const Line = ({ shortcut }: { shortcut: Shortcut }) => (
  <div className="flex min-h-8 items-center justify-between gap-4 border-b border-hairline last:border-0">
    <dt className="text-13 text-ink-soft">{shortcut.label}</dt>
    <dd>
      <KeyChange shortcut={shortcut} />
    </dd>
  </div>
);
