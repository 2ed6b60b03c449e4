import type { Actor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { mayNameDeputy } from '../../people/core/permissions.ts';
import { isLive } from '../../tickets/core/channels.ts';
import type { AbsenceOutlook } from '../core/contract.ts';
import type { Context } from './context.ts';
import { candidates, type Candidate } from './outlook-store.ts';

const SEEN_MS = 5 * 60_000;
const OPEN = ['new', 'open'];

/** Looks ahead of an absence that begins now, so that whoever says so decides on what they see. */
export function createOutlook({ work, people, tickets, now, machineNow }: Context) {
  /** Who did it before; else of those who are at the desk the one with the least to do. */
  async function proposed(tx: Tx, personId: string): Promise<Candidate | null> {
    const found = await candidates(tx, { personId, now: now(), seenAfter: new Date(machineNow().getTime() - SEEN_MS) });
    if (found[0]?.stoodIn) return found[0];
    const here = found.filter(({ isSeen }) => isSeen);
    const among = here.length > 0 ? here : found;
    const inHand = await tickets.workOf(tx, among.map(({ id }) => id));
    const loadOf = ({ id }: Candidate): number => inHand.reduce((sum, one) => (one.personId === id ? sum + one.count : sum), 0);
    return among.toSorted((a, b) => loadOf(a) - loadOf(b))[0] ?? null;
  }

  return {
    absenceOutlook: (actor: Actor, personId: string): Promise<AbsenceOutlook> =>
      work(actor, personId === actor.id ? 'routing.work' : 'routing.share', async (tx) => {
        const person = await people.requireActive(tx, personId);
        const { id, name } = person;
        const inHand = await tickets.workOf(tx, [personId]);
        const sum = (of: (one: (typeof inHand)[number]) => boolean): number => inHand.reduce((all, one) => (of(one) ? all + one.count : all), 0);
        const mayName = mayNameDeputy(actor, person);
        const deputy = mayName ? await proposed(tx, personId) : null;
        return {
          person: { id, name }, mayNameDeputy: mayName, deputy: deputy && { id: deputy.id, name: deputy.name },
          open: sum(({ channel, status }) => !isLive(channel) && OPEN.includes(status)), live: sum(({ channel, status }) => isLive(channel) && OPEN.includes(status)), snoozed: sum(({ status }) => status === 'scheduled'),
        };
      }),
  };
}
