import { z } from 'zod';
import { Id, pageOf } from '../../../kernel/contract.ts';

/** How many people follow one ticket at most. */
export const MOST_FOLLOWERS = 50;
/** As far back as a list of what one follows goes. */
export const MOST_FOLLOWED = 1_000;

/** GET /tickets/:id/followers → all of them, by name. */
export const FollowerPage = pageOf(z.object({ id: Id, name: z.string() }));
/** PUT and DELETE /tickets/:id/followers/:person; `me` is whoever asks. Others are added and taken out by who may change tickets. */
export const FollowerParams = z.strictObject({ id: Id, person: z.union([z.literal('me'), Id]) });
