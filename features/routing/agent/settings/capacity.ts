import { CHANNELS } from '../../../tickets/core/contract.ts';
import { Capacity } from '../../core/contract.ts';

type Channel = (typeof CHANNELS)[number];

const NO_LIMIT = 1_000;

/** As it is written, before it is a number. */
export type CapacityDraft = { readonly total: string; readonly channels: Readonly<Record<Channel, { readonly weight: string; readonly most: string }>> };

export const draftOf = ({ total, channels }: Capacity): CapacityDraft => ({
  total: String(total),
  channels: Object.fromEntries(CHANNELS.map((channel) => {
    const given = channels[channel];
    return [channel, { weight: given ? String(given.weight) : '', most: given ? String(given.most) : '' }];
  })) as unknown as CapacityDraft['channels'],
});

/** Null while something in it is no number. A channel of which nothing is said is left out: it takes up nothing and has no limit. */
export function capacityOf({ total, channels }: CapacityDraft): Capacity | null {
  const given = CHANNELS.filter((channel) => channels[channel].weight.trim() !== '' || channels[channel].most.trim() !== '');
  const parsed = Capacity.safeParse({ total: numberOf(total), channels: Object.fromEntries(given.map((channel) => [channel, { weight: numberOf(channels[channel].weight || '0'), most: numberOf(channels[channel].most || String(NO_LIMIT)) }])) });
  return parsed.success ? parsed.data : null;
}

export const isWhole = (text: string): boolean => /^\d{1,4}$/.test(text.trim());
const numberOf = (text: string): number => (isWhole(text) ? Number(text) : Number.NaN);
