import type { Format } from '../../../platform/browser/format.ts';
import { ROLES } from '../../../kernel/actor.ts';
import type messages from '../messages/en.json';
import type { AuditLineView } from '../core/contract.ts';
import { KINDS, type Kind } from '../core/kinds.ts';
import type { AuditText } from './text.ts';

type FieldId = keyof typeof messages extends infer Key ? (Key extends `audit.field.${infer Id}` ? Id : never) : never;
type Names = Readonly<Record<string, string>>;

const FIELD_IDS = {
  name: 1, role: 1, language: 1, time_zone: 1, email: 1, password_hash: 1, password: 1, secret: 1, deactivated_at: 1, joined_at: 1, invited_at: 1, archived_at: 1, deleted_at: 1, removed_at: 1, revoked_at: 1, expires_at: 1,
  disabled_at: 1, proved_at: 1, second_step: 1, step: 1, scopes: 1, person_id: 1, team_id: 1, owner_id: 1, deputy_id: 1, mailbox_id: 1, calendar_id: 1, customer_id: 1, agent_id: 1, conditions: 1, condition: 1, definition: 1,
  enabled: 1, active: 1, position: 1, place: 1, state: 1, kind: 1, week: 1, targets: 1, actions: 1, signature: 1, address: 1, host: 1, url: 1, events: 1, texts: 1, variants: 1, items: 1, fields: 1, number: 1, is_private: 1,
  two_step_roles: 1, reopen_days: 1, domain: 1, settings: 1, capacity: 1, level: 1, from_at: 1, to_at: 1, is_open: 1, work: 1, sight: 1, is_key_account: 1, target_id: 1, source_id: 1, entry_id: 1,
} as const satisfies Record<FieldId, 1>;
const isField = (field: string): field is FieldId => Object.hasOwn(FIELD_IDS, field);
const isKind = (kind: string): kind is Kind => (KINDS as readonly string[]).includes(kind);
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

export const kindWords = (t: AuditText, kind: string): string => (isKind(kind) ? t(`audit.kind.${kind}`) : kind);
export const fieldWords = (t: AuditText, field: string): string => (isField(field) ? t(`audit.field.${field}`) : field.replaceAll('_', ' '));

/** What was done, in a word or three. */
export function actionWords(t: AuditText, { kind, action, changes }: AuditLineView): string {
  if (kind !== 'session' || action === 'refused') return t(`audit.action.${action}`);
  if (action === 'created') return t('audit.session.created');
  return changes.some(({ field }) => field === 'revoked_at') ? t('audit.session.revoked') : t('audit.session.proved');
}

export const actorWords = (t: AuditText, { kind, name }: AuditLineView['actor']): string =>
  (kind === 'system' ? t('audit.system') : kind === 'guest' ? t('audit.guest') : name ?? t('audit.somebody'));

const isNothing = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** A value as people say it: names for ids, dates, yes and no; what has many parts as it is written. */
export function valueWords(t: AuditText, format: Format, names: Names, value: unknown): string {
  if (isNothing(value)) return t('audit.nothing');
  if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
  if (typeof value === 'number') return format.number(value);
  if (typeof value === 'string') return textWords(t, format, names, value);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return format.list(value.map((one) => textWords(t, format, names, one)));
  return JSON.stringify(value, null, 1);
}

function textWords(t: AuditText, format: Format, names: Names, value: string): string {
  const role = ROLES.find((one) => one === value);
  if (role) return t(`audit.role.${role}`);
  return TIME.test(value) && !Number.isNaN(Date.parse(value)) ? format.dateTime(value) : names[value] ?? value;
}
