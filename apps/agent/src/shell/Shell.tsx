import { Outlet } from '@tanstack/react-router';
import { ChartNoAxesColumn, Hourglass, Inbox, type LucideIcon, Search, Send, Settings, UsersRound } from 'lucide-react';
import { FailingMailboxes } from '../../../../features/email/agent/failing/FailingMailboxes.tsx';
import { FullDisk } from '../../../../features/email/agent/failing/FullDisk.tsx';
import { Bell } from '../../../../features/notifications/agent/Bell.tsx';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { PresenceButton } from '../../../../features/routing/agent/presence/PresenceButton.tsx';
import { PresenceNotice } from '../../../../features/routing/agent/presence/PresenceNotice.tsx';
import { useConnection } from '../../../../platform/browser/use-live.tsx';
import { OfflineNotice } from '../../../../ui/components/ErrorState.tsx';
import { useAppText } from '../text.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { ConnectionMark } from './ConnectionMark.tsx';
import { GlobalShortcuts } from './GlobalShortcuts.tsx';
import { Mark } from './Mark.tsx';
import { NavLink } from './NavLink.tsx';
import { CommitmentsLink } from './CommitmentsLink.tsx';
import { QuarantineLink } from './QuarantineLink.tsx';
import { Work } from './Work.tsx';

type Place = { href: string; id: 'app.inbox' | 'app.promises' | 'app.search' | 'app.outbox' | 'app.today' | 'app.settings'; icon: LucideIcon; permission?: string };

const PLACES: readonly Place[] = [
  { href: '/inbox', id: 'app.inbox', icon: Inbox },
  { href: '/promises', id: 'app.promises', icon: Hourglass, permission: 'sla.flags' },
  { href: '/search', id: 'app.search', icon: Search },
  { href: '/outbox', id: 'app.outbox', icon: Send, permission: 'outbox.read' },
  { href: '/today', id: 'app.today', icon: ChartNoAxesColumn, permission: 'reports.read' },
];

/** What is always there: the way to every place, who one is, and whether what is shown is fresh. */
export function Shell({ me }: { me: MeView }) {
  const t = useAppText();
  const connection = useConnection();
  const works = me.permissions.includes('routing.work');
  const maySeeAll = me.permissions.includes('routing.share');
  const places = PLACES.filter(({ permission }) => !permission || me.permissions.includes(permission));

  return (
    <div className="flex h-full min-h-0 max-wide:flex-col-reverse">
      <a href="#main" className="sr-only focus:not-sr-only focus:fixed focus:start-2 focus:top-2 focus:z-50 focus:rounded-control focus:bg-raised focus:px-3 focus:py-2">
        {t('app.skip')}
      </a>
      <nav
        aria-label={t('app.places')}
        className="flex w-20 shrink-0 flex-col items-stretch gap-1 border-e border-hairline bg-canvas px-1.5 py-2.5 max-wide:w-full max-wide:flex-row max-wide:items-center max-wide:border-e-0 max-wide:border-t max-wide:pt-1 max-wide:pb-[max(0.25rem,env(safe-area-inset-bottom))]"
      >
        <div className="mb-2 flex justify-center max-wide:hidden">
          <Mark />
        </div>
        {places.map(({ href, id, icon }) => (
          <NavLink key={href} href={href} icon={icon} look="rail">
            {t(id)}
          </NavLink>
        ))}
        <CommitmentsLink />
        {me.permissions.includes('quarantine.read') && <QuarantineLink />}
        {maySeeAll && (
          <div className="max-wide:hidden">
            <NavLink href="/here" icon={UsersRound} look="rail">
              {t('app.here')}
            </NavLink>
          </div>
        )}
        <div className="flex-1 max-wide:hidden" />
        <div className="max-wide:hidden">
          <NavLink href="/settings" icon={Settings} look="rail">
            {t('app.settings')}
          </NavLink>
        </div>
        <div className="flex flex-col items-center gap-2 pt-2 max-wide:flex-row max-wide:gap-0 max-wide:pt-0">
          <ConnectionMark />
          {works && <PresenceButton hereHref={maySeeAll ? '/here' : null} />}
          <Bell ticketHref={(id) => `/inbox/active/${id}`} settingsHref="/settings/notices" />
          <AccountMenu me={me} />
        </div>
      </nav>
      <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface outline-none">
        {connection === 'offline' && <OfflineNotice>{t('app.offline')}</OfflineNotice>}
        {me.permissions.includes('mailboxes.manage') && <FullDisk />}
        {works && <PresenceNotice />}
        <FailingMailboxes settingsHref={me.permissions.includes('mailboxes.manage') ? '/settings/mailboxes' : null} />
        <div className="min-h-0 flex-1">
          <Outlet />
        </div>
      </main>
      {works && <Work />}
      <GlobalShortcuts />
    </div>
  );
}
