import { placeOf } from '../../../../platform/browser/own-keys.ts';

type Scope = 'everywhere' | 'desk' | 'customers' | 'quarantine';
type KnownKey = { readonly code: string; /** The message that names it. */ readonly label: string; readonly scope: Scope };

const of = (scope: Scope, keys: Readonly<Record<string, string>>): KnownKey[] =>
  Object.entries(keys).map(([label, sign]) => ({ code: `${/\d/.test(sign) ? 'Digit' : 'Key'}${sign}`, label, scope }));

/** Every shortcut of a key that is pressed alone, also of screens that are not in sight: what takes its place must not meet it there. */
export const ALL_KEYS: readonly KnownKey[] = [
  ...of('everywhere', {
    'routing.offer.take': 'Y', 'routing.presence.change': 'P',
    'app.inbox': '1', 'app.chats': '2', 'app.promises': '3', 'app.outbox': '4', 'app.today': '5', 'app.commitments': '6', 'app.for_me': '7', 'app.approvals': '8', 'app.customers': '9', 'app.settings': '0',
  }),
  ...of('desk', {
    'tickets.new': 'C', 'tickets.next': 'G', 'tickets.shortcut.next_row': 'J', 'tickets.shortcut.previous_row': 'K', 'tickets.select.row': 'X',
    'tickets.reply': 'R', 'tickets.note': 'N', 'tickets.resolve': 'E', 'tickets.assign': 'A', 'tickets.assign_me': 'I', 'tickets.snooze': 'S', 'tickets.tags.change': 'T', 'tickets.follow': 'F',
    'tickets.ask': 'Q', 'tickets.aside': 'B', 'tickets.remind': 'H', 'macros.insert': 'M',
  }),
  ...of('customers', { 'customers.next': 'J', 'customers.previous': 'K', 'customers.new': 'C' }),
  ...of('quarantine', { 'quarantine.release': 'R', 'quarantine.discard': 'D' }),
];

const meet = (a: Scope, b: Scope): boolean => a === b || a === 'everywhere' || b === 'everywhere';

/** What is pressed at that place already, wherever this key is of use; a key that two screens share moves on both. */
export function clashOf(code: string, place: string): KnownKey | null {
  const moved = ALL_KEYS.filter((one) => one.code === code);
  return ALL_KEYS.find((other) => other.code !== code && placeOf(other) === place && moved.some(({ scope }) => meet(scope, other.scope))) ?? null;
}
