import { Activity, Award, Bell, BookOpen, Building2, CalendarClock, CalendarOff, FileLock2, Handshake, History, Inbox, KeyRound, ListChecks, ListPlus, ListTodo, type LucideIcon, Mail, MailWarning, MailX, MessageCircle, MessageSquareText, MonitorSmartphone, OctagonAlert, PackageOpen, Rows3, Send, ShieldAlert, ShieldCheck, Split, Stamp, UserRound, Users, UsersRound, Webhook, Workflow } from 'lucide-react';
import type messages from '../../messages/en.json';

type PageId = keyof typeof messages extends infer Key ? (Key extends `app.settings.${infer Id}` ? Id : never) : never;
export type SettingsPage = { readonly href: string; readonly id: PageId; readonly icon: LucideIcon; readonly permission?: string };
type Group = { readonly title: PageId; readonly pages: readonly SettingsPage[] };

/** What belongs together stands together: a page is looked for among its likes, not in one long list. */
export const SETTINGS: readonly Group[] = [
  {
    title: 'group.yours',
    pages: [
      { href: '/settings/profile', id: 'profile', icon: UserRound },
      { href: '/settings/absence', id: 'absence', icon: CalendarOff, permission: 'routing.work' },
      { href: '/settings/notices', id: 'notices', icon: Bell, permission: 'tickets.read' },
      { href: '/settings/security', id: 'security', icon: ShieldCheck },
      { href: '/settings/devices', id: 'devices', icon: MonitorSmartphone },
      { href: '/settings/tokens', id: 'tokens', icon: KeyRound },
    ],
  },
  {
    title: 'group.company',
    pages: [
      { href: '/settings/workspace', id: 'workspace', icon: Building2, permission: 'workspace.manage' },
      { href: '/settings/people', id: 'people', icon: Users, permission: 'people.list' },
      { href: '/settings/teams', id: 'teams', icon: UsersRound, permission: 'people.list' },
      { href: '/settings/hours', id: 'hours', icon: CalendarClock, permission: 'calendars.list' },
      { href: '/settings/audit', id: 'audit', icon: History, permission: 'audit.read' },
      { href: '/settings/moving', id: 'moving', icon: PackageOpen, permission: 'imports.manage' },
    ],
  },
  {
    title: 'group.work',
    pages: [
      { href: '/settings/queues', id: 'queues', icon: Rows3, permission: 'routing.read' },
      { href: '/settings/skills', id: 'skills', icon: Award, permission: 'routing.read' },
      { href: '/settings/sharing', id: 'sharing', icon: Split, permission: 'routing.manage' },
      { href: '/settings/promises', id: 'promises', icon: Handshake, permission: 'sla.list' },
      { href: '/settings/rules', id: 'rules', icon: Workflow, permission: 'rules.list' },
      { href: '/settings/approvals', id: 'approvals', icon: Stamp, permission: 'approvals.list' },
      { href: '/settings/fields', id: 'fields', icon: ListPlus, permission: 'fields.manage' },
      { href: '/settings/intake', id: 'intake', icon: ListTodo, permission: 'fields.manage' },
      { href: '/settings/checklists', id: 'checklists', icon: ListChecks, permission: 'checklists.manage' },
      { href: '/settings/replies', id: 'replies', icon: MessageSquareText, permission: 'macros.list' },
    ],
  },
  {
    title: 'group.mail',
    pages: [
      { href: '/settings/mailboxes', id: 'mailboxes', icon: Mail, permission: 'mailboxes.manage' },
      { href: '/settings/sending', id: 'sending', icon: Send, permission: 'mailboxes.manage' },
      { href: '/settings/undeliverable', id: 'undeliverable', icon: MailX, permission: 'customers.read' },
      { href: '/settings/incidents', id: 'incidents', icon: MailWarning, permission: 'incidents.read' },
      { href: '/settings/spam', id: 'spam', icon: OctagonAlert, permission: 'spam.read' },
      { href: '/settings/quarantine', id: 'quarantine', icon: ShieldAlert, permission: 'mailboxes.manage' },
    ],
  },
  {
    title: 'group.outside',
    pages: [
      { href: '/settings/chats', id: 'chats', icon: MessageCircle, permission: 'chat.read' },
      { href: '/settings/help', id: 'help', icon: BookOpen, permission: 'articles.read' },
      { href: '/settings/requests', id: 'requests', icon: Inbox, permission: 'workspace.read' },
      { href: '/settings/privacy', id: 'privacy', icon: FileLock2, permission: 'privacy.manage' },
      { href: '/settings/charter', id: 'charter', icon: Handshake, permission: 'sla.manage' },
      { href: '/settings/status', id: 'status', icon: Activity, permission: 'status.manage' },
    ],
  },
  {
    title: 'group.programs',
    pages: [
      { href: '/settings/webhooks', id: 'webhooks', icon: Webhook, permission: 'webhooks.manage' },
    ],
  },
];
