import type { RequestSettings } from './contract.ts';

/** What a customer reads as the name of somebody who answered; empty: the company's name stands there. */
export function shownName(name: string, rule: RequestSettings['staffNames']): string {
  const whole = name.trim();
  if (rule === 'none' || whole.includes('@')) return '';
  return rule === 'full' ? whole : whole.split(/\s+/)[0]!;
}
