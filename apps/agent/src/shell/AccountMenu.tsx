import { Settings } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { Avatar } from '../../../../ui/components/Avatar.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { useAppText } from '../text.ts';
import { useAccountEntries } from './use-account-entries.ts';

export function AccountMenu({ me }: { me: MeView }) {
  const t = useAppText();
  const { title, presence, profile, shortcuts, languages, themes, signOut } = useAccountEntries(me);
  return (
    <Menu
      label={t('app.account')}
      placement="end bottom"
      offset={22}
      trigger={
        <AriaButton aria-label={t('app.account_of', { name: me.name })} className="rounded-full p-1 hover:bg-pressed pointer-coarse:p-2">
          <Avatar id={me.id} name={me.name} size="normal" />
        </AriaButton>
      }
      groups={[
        { title, entries: [profile, { id: 'settings', label: t('app.settings'), icon: Settings, href: '/settings' }, shortcuts, ...presence] },
        languages,
        themes,
        { entries: [signOut] },
      ]}
    />
  );
}
