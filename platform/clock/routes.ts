import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import type { Routes } from '../http/server.ts';
import type { TestClock } from './clock.ts';

const ClockView = z.object({ now: z.iso.datetime(), stopped: z.boolean() });
const ClockSet = z.strictObject({ now: z.iso.datetime({ offset: true }) });

/** For tests and demonstrations: nothing where the clock cannot be set. `demandManager` throws for whoever is not in charge. */
export const clockRoutes = (clock: TestClock | undefined, demandManager: (actor: Actor) => void): Routes => async (app) => {
  if (!clock) return;
  const view = (): z.infer<typeof ClockView> => ({ now: clock.now().toISOString(), stopped: clock.isStopped() });

  app.get('/test/clock', { schema: { hide: true, response: { 200: ClockView } } }, async ({ actor }) => {
    demandManager(actor);
    return view();
  });

  app.post('/test/clock', { schema: { hide: true, body: ClockSet, response: { 200: ClockView } } }, async ({ actor, body }) => {
    demandManager(actor);
    clock.set(new Date(body.now));
    return view();
  });
};
