import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { MOST_FOLLOWERS } from '../core/followers.ts';
import { byPerson, type Context } from './context.ts';
import { countFollowers, dropFollower, namedFollowers, putFollower } from './follower-store.ts';
import { mentionable } from './store.ts';

/** Who hears of a ticket that is not theirs. */
export function createFollowers(context: Context) {
  const { work } = context;
  const whoOf = (actor: Actor, person: string): string => (person === 'me' ? actor.id : person);
  /** For oneself it is enough to take part; for others one has to work on tickets. */
  const rightFor = (actor: Actor, personId: string) => (personId === actor.id ? 'tickets.note' : 'tickets.change');

  return {
    followers: (actor: Actor, id: string) =>
      work(actor, 'tickets.read', async (tx) => {
        await context.look(tx, id);
        return { items: await namedFollowers(tx, id), nextCursor: null };
      }),

    follow: (actor: Actor, id: string, person: string): Promise<void> => {
      const personId = whoOf(actor, person);
      return work(actor, rightFor(actor, personId), async (tx) => {
        await context.accessLive(tx, id);
        if ((await mentionable(tx, [personId], [])).people === 0) throw new AppError('not_found', 'person.not_found', 'There is no such person.');
        const at = context.now();
        if (await countFollowers(tx, id) >= MOST_FOLLOWERS) throw new AppError('conflict', 'followers.too_many', `A ticket has ${MOST_FOLLOWERS} followers at most; take somebody out first.`);
        if (!await putFollower(tx, actor.workspaceId, id, personId, at)) return;
        await context.emit(tx, actor.workspaceId, { type: 'ticket.followed', ticketId: id, subjectId: personId, actor: byPerson(actor), data: { personId }, at });
      });
    },

    unfollow: (actor: Actor, id: string, person: string): Promise<void> => {
      const personId = whoOf(actor, person);
      return work(actor, rightFor(actor, personId), async (tx) => {
        await context.access(tx, id);
        if (!await dropFollower(tx, id, personId)) return;
        await context.emit(tx, actor.workspaceId, { type: 'ticket.unfollowed', ticketId: id, subjectId: personId, actor: byPerson(actor), data: { personId }, at: context.now() });
      });
    },
  };
}
