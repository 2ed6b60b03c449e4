import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Keyboard, LogOut, UserRound } from 'lucide-react';
import { meQuery } from '../../../../features/people/agent/queries.ts';
import { MeView } from '../../../../features/people/core/contract.ts';
import { LANGUAGES } from '../../../../kernel/languages.ts';
import { api } from '../../../../platform/browser/api.ts';
import { errorText } from '../../../../platform/browser/error-text.ts';
import { LANGUAGE_NAMES, speak } from '../../../../platform/browser/i18n.ts';
import { setTheme, THEMES } from '../../../../platform/browser/theme.ts';
import type { MenuEntry, MenuGroup } from '../../../../ui/components/Menu.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { useAppText } from '../text.ts';
import { openShortcutSheet } from './GlobalShortcuts.tsx';
import { useAway } from '../../../../features/routing/agent/absence/use-away.ts';
import { leave } from './leave.ts';

type Preferences = Partial<Pick<MeView, 'language' | 'theme'>>;
type AccountEntries = { readonly title: string } & { /** Whether one is at work; nothing for who is given none. */ readonly presence: readonly MenuEntry[] } & Readonly<Record<'profile' | 'shortcuts' | 'signOut', MenuEntry>> & Readonly<Record<'languages' | 'themes', MenuGroup>>;

/** Who one is here, how the app speaks and looks to them, and the way out. */
export function useAccountEntries(me: MeView): AccountEntries {
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
  const { entry: away } = useAway(me, me.permissions.includes('routing.work'));
  const signOut = useMutation({
    mutationFn: () => leave(me.id),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });

  return {
    title: `${me.name} · ${me.workspace.name}`,
    presence: away ? [away] : [],
    profile: { id: 'profile', label: t('app.profile'), icon: UserRound, href: '/settings/profile' },
    shortcuts: { id: 'shortcuts', label: t('app.shortcuts'), icon: Keyboard, keys: '?', onAction: openShortcutSheet },
    signOut: { id: 'out', label: t('app.sign_out'), icon: LogOut, onAction: () => signOut.mutate() },
    languages: {
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
    themes: {
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
  };
}
