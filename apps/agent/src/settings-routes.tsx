import { type AnyRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { isWide } from '../../../platform/browser/wide.ts';

const people = {
  profile: () => import('../../../features/people/agent/settings/ProfileScreen.tsx'),
  security: () => import('../../../features/people/agent/settings/SecurityScreen.tsx'),
  devices: () => import('../../../features/people/agent/settings/DevicesScreen.tsx'),
  tokens: () => import('../../../features/people/agent/settings/TokensScreen.tsx'),
  people: () => import('../../../features/people/agent/settings/PeopleScreen.tsx'),
  teams: () => import('../../../features/people/agent/settings/TeamsScreen.tsx'),
};

const routing = () => import('./screens/RoutingSettings.tsx');

/** None of them is part of what every agent loads in the morning. */
export const settingsRoutes = (parent: AnyRoute) => {
  const settings = createRoute({
    getParentRoute: () => parent,
    path: '/settings',
    // Where there is room for it, the first page stands beside the list; a narrow screen shows the list alone.
    beforeLoad: ({ location }) => {
      if (location.pathname === '/settings' && isWide()) throw redirect({ href: '/settings/profile', replace: true });
    },
    component: lazyRouteComponent(() => import('./shell/SettingsScreen.tsx'), 'SettingsScreen'),
  });
  const page = (path: string, component: ReturnType<typeof lazyRouteComponent>) =>
    createRoute({ getParentRoute: () => settings, path, component });
  return settings.addChildren([
    page('/profile', lazyRouteComponent(people.profile, 'ProfileScreen')),
    page('/security', lazyRouteComponent(people.security, 'SecurityScreen')),
    page('/devices', lazyRouteComponent(people.devices, 'DevicesScreen')),
    page('/tokens', lazyRouteComponent(people.tokens, 'TokensScreen')),
    page('/people', lazyRouteComponent(people.people, 'PeopleScreen')),
    page('/teams', lazyRouteComponent(people.teams, 'TeamsScreen')),
    page('/workspace', lazyRouteComponent(() => import('../../../features/workspaces/agent/WorkspaceScreen.tsx'), 'WorkspaceScreen')),
    page('/hours', lazyRouteComponent(() => import('./screens/HoursScreen.tsx'), 'HoursScreen')),
    page('/promises', lazyRouteComponent(() => import('./screens/PoliciesScreen.tsx'), 'PoliciesScreen')),
    page('/rules/{-$ruleId}', lazyRouteComponent(() => import('./screens/RulesScreen.tsx'), 'RulesScreen')),
    page('/mailboxes', lazyRouteComponent(() => import('../../../features/email/agent/settings/MailboxesScreen.tsx'), 'MailboxesScreen')),
    page('/chats', lazyRouteComponent(() => import('./screens/ChatsScreen.tsx'), 'ChatSettings')),
    page('/sending', lazyRouteComponent(() => import('../../../features/email/agent/sending/SendingScreen.tsx'), 'SendingScreen')),
    page('/undeliverable', lazyRouteComponent(() => import('../../../features/email/agent/suppressions/SuppressionsScreen.tsx'), 'SuppressionsScreen')),
    page('/incidents', lazyRouteComponent(() => import('../../../features/email/agent/incidents/IncidentsScreen.tsx'), 'IncidentsScreen')),
    page('/spam', lazyRouteComponent(() => import('../../../features/email/agent/spam/SpamScreen.tsx'), 'SpamScreen')),
    page('/quarantine', lazyRouteComponent(() => import('../../../features/email/agent/quarantine/settings/QuarantineSettingsScreen.tsx'), 'QuarantineSettingsScreen')),
    page('/absence', lazyRouteComponent(routing, 'AbsenceScreen')),
    page('/queues', lazyRouteComponent(routing, 'QueuesScreen')),
    page('/skills', lazyRouteComponent(routing, 'SkillsScreen')),
    page('/sharing', lazyRouteComponent(() => import('../../../features/routing/agent/settings/SharingScreen.tsx'), 'SharingScreen')),
    page('/audit', lazyRouteComponent(() => import('./screens/AuditScreen.tsx'), 'AuditScreen')),
    page('/moving', lazyRouteComponent(() => import('./screens/MovingScreen.tsx'), 'MovingScreen')),
    page('/webhooks', lazyRouteComponent(() => import('./screens/WebhooksScreen.tsx'), 'WebhooksScreen')),
    page('/status', lazyRouteComponent(() => import('./screens/StatusScreen.tsx'), 'StatusScreen')),
    page('/charter', lazyRouteComponent(() => import('../../../features/charter/agent/CharterScreen.tsx'), 'CharterScreen')),
    page('/requests', lazyRouteComponent(() => import('./screens/RequestsScreen.tsx'), 'RequestsScreen')),
    page('/privacy', lazyRouteComponent(() => import('./screens/PrivacyScreen.tsx'), 'PrivacyScreen')),
    page('/notices', lazyRouteComponent(() => import('../../../features/notifications/agent/settings/NoticesScreen.tsx'), 'NoticesScreen')),
    page('/help', lazyRouteComponent(() => import('./screens/HelpScreens.tsx'), 'HelpSettingsScreen')),
    page('/intake', lazyRouteComponent(() => import('./screens/FieldsScreen.tsx'), 'IntakeScreen')),
    page('/fields', lazyRouteComponent(() => import('./screens/FieldsScreen.tsx'), 'FieldsScreen')),
    page('/approvals', lazyRouteComponent(() => import('./screens/SecondEyesScreens.tsx'), 'ApprovalPoliciesScreen')),
    page('/checklists', lazyRouteComponent(() => import('../../../features/checklists/agent/settings/TemplatesScreen.tsx'), 'TemplatesScreen')),
    page('/replies', lazyRouteComponent(() => import('./screens/SavedRepliesScreen.tsx'), 'SavedRepliesScreen')),
  ]);
};
