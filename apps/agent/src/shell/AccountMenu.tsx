import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Keyboard, LogOut, Settings, UserRound } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { meQuery } from '../../../../features/people/agent/queries.ts';
import { MeView } from '../../../../features/people/core/contract.ts';
import { LANGUAGES } from '../../../../kernel/languages.ts';
import { api } from '../../../../platform/browser/api.ts';
import { errorText } from '../../../../platform/browser/error-text.ts';
import { LANGUAGE_NAMES, speak } from '../../../../platform/browser/i18n.ts';
import { setTheme, THEMES } from '../../../../platform/browser/theme.ts';
import { Avatar } from '../../../../ui/components/Avatar.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { useAppText } from '../text.ts';
import { openShortcutSheet } from './GlobalShortcuts.tsx';

type Preferences = Partial<Pick<MeView, 'language' | 'theme'>>;

/** Who one is here, how the app speaks and looks to them, and the way out. */
export function AccountMenu({ me }: { me: MeView }) {
  const t = useAppText();
  const cache = useQueryClient();
  const prefer = useMutation({
    mutationFn: (wish: Preferences) => api.patch('/me', wish, MeView),
    onMutate: (wish) => cache.setQueryData(meQuery.queryKey, { ...me, ...wish }),
    onSuccess: (saved) => cache.setQueryData(meQuery.queryKey, saved),
    onError: (error) => {
      cache.setQueryData(meQuery.queryKey, me);
      toast({ tone: 'failed', text: errorText(error) });
    },
  });
  const signOut = useMutation({
    mutationFn: () => api.delete('/session'),
    onSettled: () => location.assign('/'),
  });

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
        {
          title: `${me.name} · ${me.workspace.name}`,
          entries: [
            { id: 'profile', label: t('app.profile'), icon: UserRound, href: '/settings/profile' },
            { id: 'settings', label: t('app.settings'), icon: Settings, href: '/settings' },
            { id: 'shortcuts', label: t('app.shortcuts'), icon: Keyboard, keys: '?', onAction: openShortcutSheet },
          ],
        },
        {
          title: t('app.language'),
          entries: LANGUAGES.map((language) => ({
            id: language,
            label: LANGUAGE_NAMES[language],
            chosen: me.language === language,
            onAction: () => {
              void speak(language);
              prefer.mutate({ language });
            },
          })),
        },
        {
          title: t('app.theme'),
          entries: THEMES.map((theme) => ({
            id: theme,
            label: t(`app.theme.${theme}`),
            chosen: me.theme === theme,
            onAction: () => {
              setTheme(theme);
              prefer.mutate({ theme });
            },
          })),
        },
        { entries: [{ id: 'out', label: t('app.sign_out'), icon: LogOut, onAction: () => signOut.mutate() }] },
      ]}
    />
  );
}
