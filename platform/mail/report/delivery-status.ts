/** A recipient as the block for machines names it; `address` is empty when it names none. */
type Told = { address: string; status: string | null; words: string };
type Action = 'failed' | 'delayed' | 'delivered';

const MAX_LINES = 5_000;
const MAX_VALUE = 2_000;
const MAX_RECIPIENTS = 100;
const ACTIONS: Readonly<Record<string, Action>> = {
  failed: 'failed', failure: 'failed', expired: 'failed', delayed: 'delayed', delivered: 'delivered', relayed: 'delivered', expanded: 'delivered',
};
const ADDRESS_FIELDS = ['final-recipient', 'original-recipient', 'x-actual-recipient', 'x-failed-recipient'];

/** Reads what RFC 3464 calls per-recipient fields, forgiving about blank lines, order and case. The worst action counts. */
export function readDeliveryStatus(text: string): { recipients: Told[]; action: Action | null } {
  const groups: Map<string, string>[] = [];
  let group = new Map<string, string>();
  const close = (): void => {
    if (group.size > 0) groups.push(group);
    group = new Map();
  };
  for (const line of unfolded(text)) {
    const field = /^([a-z][a-z0-9-]{1,60}):[ \t]*(.*)$/i.exec(line);
    if (!field) close();
    else {
      const name = field[1]!.toLowerCase();
      if (name === 'final-recipient' && group.has(name)) close();
      if (!group.has(name)) group.set(name, field[2]!.trim());
    }
  }
  close();
  const about = groups.filter((one) => [...ADDRESS_FIELDS, 'status', 'action'].some((name) => one.has(name))).slice(0, MAX_RECIPIENTS);
  const actions = about.map((one) => ACTIONS[/^[a-z]+/i.exec(one.get('action') ?? '')?.[0].toLowerCase() ?? ''] ?? null);
  const worst = (['failed', 'delayed', 'delivered'] as const).find((action) => actions.includes(action)) ?? null;
  const counted = about.filter((_one, i) => worst === null || actions[i] === worst || actions[i] === null);
  return { recipients: counted.map(toldBy), action: worst };
}

function toldBy(group: ReadonlyMap<string, string>): Told {
  const addresses = ADDRESS_FIELDS.map((name) => addressOf(group.get(name) ?? '')).filter((address) => address !== '');
  const status = /(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])/.exec(group.get('status') ?? '')?.[0] ?? null;
  const diagnostic = (group.get('diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '');
  return { address: addresses[0] ?? '', status, words: diagnostic || (group.get('status') ?? '').replace(/^[\d.\s]+/, '').replace(/^\((.*)\)$/, '$1') };
}

/** `rfc822; <name@example.org>`; some leave the type away, some add words. */
function addressOf(value: string): string {
  const plain = value.replace(/^[\w-]+\s*;\s*/, '').trim();
  return /<([^<>\s]+@[^<>\s]+)>/.exec(plain)?.[1] ?? /^"?([^\s<>"]+@[^\s<>",;]+)/.exec(plain)?.[1] ?? '';
}

function unfolded(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.split(/\r?\n/, MAX_LINES)) {
    const last = lines.at(-1);
    if (/^[ \t]+\S/.test(line) && last !== undefined && last !== '') {
      if (last.length < MAX_VALUE) lines[lines.length - 1] = `${last} ${line.trim()}`.slice(0, MAX_VALUE);
    } else lines.push(line.trimEnd().slice(0, MAX_VALUE));
  }
  return lines;
}
