import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { meQuery } from '../../../../features/people/agent/queries.ts';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { classes } from '../../../../ui/classes.ts';
import { useAppText } from '../text.ts';
import { NavLink } from './NavLink.tsx';
import { SETTINGS, type SettingsPage } from './settings-pages.ts';

/** The list of settings beside the chosen one; on narrow screens one after the other. */
export function SettingsScreen() {
  const t = useAppText();
  const router = useRouter();
  const { data: me } = useQuery(meQuery);
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  const isIndex = pathname === '/settings';
  // The heading changes with the page below it, not with the press that asked for it.
  const shown = useRouterState({ select: ({ location, resolvedLocation }) => (resolvedLocation ?? location).pathname });
  const here = SETTINGS.flatMap(({ pages }) => pages).find(({ href }) => shown === href || shown.startsWith(`${href}/`));
  const list = useRef<HTMLElement>(null);
  // Who comes by a link sees in the list where they are.
  // Newer browsers answer with a promise, which is nothing to clean up with.
  useEffect(() => { list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }); }, [shown, me]);
  const allowed = (pages: readonly SettingsPage[]) => pages.filter(({ permission }) => !permission || me?.permissions.includes(permission));

  return (
    <div className="flex h-full min-h-0">
      <title>{`${here ? t(`app.settings.${here.id}`) : t('app.settings')} · Rapport`}</title>
      <nav
        ref={list}
        aria-label={t('app.settings')}
        className={classes('w-60 shrink-0 overflow-auto border-e border-hairline px-3 py-4 max-wide:w-full max-wide:border-0', !isIndex && 'max-wide:hidden')}
      >
        {isIndex && <h1 className="mb-4 px-2.5 text-20 font-semibold wide:hidden">{t('app.settings')}</h1>}
        {SETTINGS.map(({ title, pages }) => <Pages key={title} title={t(`app.settings.${title}`)} pages={allowed(pages)} />)}
      </nav>
      <div className={classes('min-w-0 flex-1 overflow-auto', isIndex && 'max-wide:hidden')}>
        <div className="mx-auto w-full max-w-page px-8 py-7 max-wide:px-4 max-wide:py-4">
          <header className="mb-6 flex items-center gap-1">
            <span className="-ms-2 wide:hidden">
              <IconButton label={t('app.settings')} icon={ChevronLeft} mirrored onPress={() => router.history.push('/settings')} />
            </span>
            <h1 className="text-20 font-semibold">{here ? t(`app.settings.${here.id}`) : t('app.settings')}</h1>
          </header>
          {isIndex ? <p className="text-ink-soft">{t('app.settings.choose')}</p> : <Outlet />}
        </div>
      </div>
    </div>
  );
}

const Pages = ({ title, pages }: { title: string; pages: readonly SettingsPage[] }) => {
  const t = useAppText();
  if (pages.length === 0) return null;
  return (
    <section className="mb-5">
      <h2 className="mb-1 truncate px-2.5 text-12 text-ink-faint">
        {title}
      </h2>
      <ul className="flex flex-col gap-px">
        {pages.map(({ href, id, icon }) => (
          <li key={href}>
            <NavLink href={href} icon={icon} look="list">
              {t(`app.settings.${id}`)}
            </NavLink>
          </li>
        ))}
      </ul>
    </section>
  );
};
