import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { FailingMailboxes } from '../../../../features/email/agent/failing/FailingMailboxes.tsx';
import { FullDisk } from '../../../../features/email/agent/failing/FullDisk.tsx';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { PresenceNotice } from '../../../../features/routing/agent/presence/PresenceNotice.tsx';
import { useConnection } from '../../../../platform/browser/use-live.tsx';
import { useIsWide } from '../../../../platform/browser/wide.ts';
import { OfflineNotice } from '../../../../ui/components/ErrorState.tsx';
import { useAppText } from '../text.ts';
import { Bar } from './Bar.tsx';
import { Leaving } from './Leaving.tsx';
import { GlobalShortcuts } from './GlobalShortcuts.tsx';
import { PlaceKeys } from './PlaceKeys.tsx';
import { Rail } from './Rail.tsx';
import { Work } from './Work.tsx';

const Quietly = lazy(() => import('./Quietly.tsx').then((file) => ({ default: file.Quietly })));

/** What is always there: the way to every place, who one is, and whether what is shown is fresh. */
export function Shell({ me }: { me: MeView }) {
  const t = useAppText();
  const connection = useConnection();
  const hasRail = useIsWide();
  const works = me.permissions.includes('routing.work');
  const managesMail = me.permissions.includes('mailboxes.manage');

  return (
    <div className="flex h-full min-h-0 max-wide:flex-col-reverse">
      <a href="#main" className="sr-only focus:not-sr-only focus:fixed focus:start-2 focus:top-2 focus:z-50 focus:rounded-control focus:bg-raised focus:px-3 focus:py-2">
        {t('app.skip')}
      </a>
      {/* Before the screens, whose keys win: / on a screen with a box means that box. */}
      <GlobalShortcuts me={me} />
      <PlaceKeys me={me} />
      {hasRail ? <Rail me={me} /> : <Bar me={me} />}
      <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface outline-none">
        {connection === 'offline' && <OfflineNotice>{t('app.offline')}</OfflineNotice>}
        <Suspense fallback={null}><Quietly personId={me.id} works={works} /></Suspense>
        {managesMail && <FullDisk />}
        {works && <PresenceNotice />}
        <FailingMailboxes settingsHref={managesMail ? '/settings/mailboxes' : null} />
        <div className="min-h-0 flex-1">
          <Outlet />
        </div>
      </main>
      {works && <Work me={me} />}
      <Leaving me={me} />
    </div>
  );
}
