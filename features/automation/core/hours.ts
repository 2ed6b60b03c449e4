import { inPrecedence, type Place } from '../../calendars/core/places.ts';
import type { WorkingTime } from '../../calendars/core/working-time.ts';
import { type Condition, isTest, joinOf, type Node, groupOf, partsOf } from '../../conditions/core/condition.ts';
import { workingAgo } from '../../conditions/core/plan.ts';
import { constant } from './constant.ts';
import { agesOf, forLists, onlyTest, type Age } from './asking.ts';

/** Of a ticket, whether the place has it: what `holdingFor` says of one, as a condition. */
function has({ id, kind, channel, teamIds, mailboxIds }: Place): Node {
  const ofTeam: Node = { field: 'team', operator: 'in', value: teamIds };
  const onChannel: Node = { field: 'channel', operator: 'is', value: channel ?? '' };
  switch (kind) {
    case 'team_channel': return { all: [ofTeam, onChannel] };
    case 'team': return ofTeam;
    case 'office': return said('office', id, ofTeam);
    case 'brand': return said('brand', id, { field: 'mailbox', operator: 'in', value: mailboxIds });
    case 'channel': return onChannel;
  }
}

/** What the ticket says itself comes first. */
const said = (field: 'office' | 'brand', id: string, else_: Node): Node => ({ any: [{ field, operator: 'is', value: id }, { all: [{ field, operator: 'empty' }, else_] }] });

/**
 * The tickets for which what is asked by their own hours holds. As long as there are places, however many calendars they have:
 * the first place that has the ticket says which.
 */
export const byOwnHours = (places: readonly Place[], asked: (calendarId: string | null) => Node): Node =>
  inPrecedence(places).reduceRight<Node>((rest, place) => {
    const mine = has(place);
    return { any: [{ all: [mine, asked(place.calendarId)] }, { all: [{ none: [mine] }, rest] }] };
  }, asked(null));

/** The tickets for which this calendar holds; null: those that no place has. */
export const keptBy = (places: readonly Place[], calendarId: string | null): Node => byOwnHours(places, (held) => constant(held === calendarId));

/** Before this moment everything is old enough; null when nothing is. */
export function oldBefore({ seconds, isWorking }: Age, now: Date, time: WorkingTime): Date | null {
  if (!isWorking) return new Date(now.getTime() - seconds * 1000);
  const at = workingAgo({ is: 'worked', now: now.getTime(), seconds, since: (from) => time.between(new Date(from), now).seconds });
  return at === null ? null : new Date(at);
}

/** The condition for a list of the tickets that keep these hours: with the hours as they are now, and ages in working time as the moment before which they were reached. */
export function atHours(condition: Condition, now: Date, time: WorkingTime): Node {
  const plain = (node: Node): Node => {
    if (!isTest(node)) return groupOf(joinOf(node), partsOf(node).map(plain));
    if (node.operator !== 'working_older_than') return node;
    const [age] = agesOf(onlyTest(node));
    const before = age && oldBefore(age, now, time);
    return before ? { field: node.field, operator: 'before', value: before.toISOString() } : constant(false);
  };
  return plain(forLists(condition, time.isOpen(now)).condition);
}
