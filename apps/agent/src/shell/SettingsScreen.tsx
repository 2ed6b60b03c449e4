import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { Activity, Award, Bell, BookOpen, Building2, CalendarClock, CalendarOff, ChevronLeft, Handshake, KeyRound, type LucideIcon, Mail, MailWarning, MailX, MessageCircle, MessageSquareText, MonitorSmartphone, OctagonAlert, Rows3, Send, ShieldAlert, ShieldCheck, Split, UserRound, Users, UsersRound, Webhook, Workflow } from 'lucide-react';
import { meQuery } from '../../../../features/people/agent/queries.ts';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { classes } from '../../../../ui/classes.ts';
import { useAppText } from '../text.ts';
import { NavLink } from './NavLink.tsx';

type Page = {
  href: string;
  id: 'profile' | 'security' | 'devices' | 'tokens' | 'workspace' | 'people' | 'teams' | 'hours' | 'promises' | 'rules' | 'mailboxes' | 'sending' | 'undeliverable' | 'incidents' | 'spam' | 'quarantine' | 'replies' | 'absence' | 'queues' | 'skills' | 'sharing' | 'notices' | 'webhooks' | 'help' | 'chats' | 'status';
  icon: LucideIcon;
  permission?: string;
};

const YOURS: readonly Page[] = [
  { href: '/settings/profile', id: 'profile', icon: UserRound },
  { href: '/settings/absence', id: 'absence', icon: CalendarOff, permission: 'routing.work' },
  { href: '/settings/notices', id: 'notices', icon: Bell, permission: 'tickets.read' },
  { href: '/settings/security', id: 'security', icon: ShieldCheck },
  { href: '/settings/devices', id: 'devices', icon: MonitorSmartphone },
  { href: '/settings/tokens', id: 'tokens', icon: KeyRound },
];
const EVERYBODYS: readonly Page[] = [
  { href: '/settings/workspace', id: 'workspace', icon: Building2, permission: 'workspace.manage' },
  { href: '/settings/people', id: 'people', icon: Users, permission: 'people.list' },
  { href: '/settings/teams', id: 'teams', icon: UsersRound, permission: 'people.list' },
  { href: '/settings/hours', id: 'hours', icon: CalendarClock, permission: 'calendars.list' },
  { href: '/settings/queues', id: 'queues', icon: Rows3, permission: 'routing.read' },
  { href: '/settings/skills', id: 'skills', icon: Award, permission: 'routing.read' },
  { href: '/settings/sharing', id: 'sharing', icon: Split, permission: 'routing.manage' },
  { href: '/settings/rules', id: 'rules', icon: Workflow, permission: 'rules.list' },
  { href: '/settings/promises', id: 'promises', icon: Handshake, permission: 'sla.list' },
  { href: '/settings/mailboxes', id: 'mailboxes', icon: Mail, permission: 'mailboxes.manage' },
  { href: '/settings/chats', id: 'chats', icon: MessageCircle, permission: 'chat.read' },
  { href: '/settings/sending', id: 'sending', icon: Send, permission: 'mailboxes.manage' },
  { href: '/settings/undeliverable', id: 'undeliverable', icon: MailX, permission: 'customers.read' },
  { href: '/settings/incidents', id: 'incidents', icon: MailWarning, permission: 'incidents.read' },
  { href: '/settings/spam', id: 'spam', icon: OctagonAlert, permission: 'spam.read' },
  { href: '/settings/quarantine', id: 'quarantine', icon: ShieldAlert, permission: 'mailboxes.manage' },
  { href: '/settings/webhooks', id: 'webhooks', icon: Webhook, permission: 'webhooks.manage' },
  { href: '/settings/status', id: 'status', icon: Activity, permission: 'status.manage' },
  { href: '/settings/help', id: 'help', icon: BookOpen, permission: 'articles.read' },
  { href: '/settings/replies', id: 'replies', icon: MessageSquareText, permission: 'macros.list' },
];

/** The list of settings beside the chosen one; on narrow screens one after the other. */
export function SettingsScreen() {
  const t = useAppText();
  const router = useRouter();
  const { data: me } = useQuery(meQuery);
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  const isIndex = pathname === '/settings';
  // The heading changes with the page below it, not with the press that asked for it.
  const shown = useRouterState({ select: ({ location, resolvedLocation }) => (resolvedLocation ?? location).pathname });
  const here = [...YOURS, ...EVERYBODYS].find(({ href }) => shown === href || shown.startsWith(`${href}/`));
  const allowed = (pages: readonly Page[]) => pages.filter(({ permission }) => !permission || me?.permissions.includes(permission));

  return (
    <div className="flex h-full min-h-0">
      <title>{`${here ? t(`app.settings.${here.id}`) : t('app.settings')} · Rapport`}</title>
      <nav
        aria-label={t('app.settings')}
        className={classes('w-60 shrink-0 overflow-auto border-e border-hairline px-3 py-4 max-wide:w-full max-wide:border-0', !isIndex && 'max-wide:hidden')}
      >
        {isIndex && <h1 className="mb-4 px-2.5 text-20 font-semibold wide:hidden">{t('app.settings')}</h1>}
        <Pages title={t('app.settings.yours')} pages={allowed(YOURS)} />
        <Pages title={me?.workspace.name ?? t('app.settings.workspace')} pages={allowed(EVERYBODYS)} />
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

const Pages = ({ title, pages }: { title: string; pages: readonly Page[] }) => {
  const t = useAppText();
  if (pages.length === 0) return null;
  return (
    <section className="mb-5">
      <h2 className="mb-1 truncate px-2.5 text-12 text-ink-faint">
        <bdi>{title}</bdi>
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
