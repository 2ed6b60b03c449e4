import type { Actor } from '../../../kernel/actor.ts';
import { demand } from '../../people/core/permissions.ts';
import type { RequestSettings } from '../core/contract.ts';
import { createChallenges } from './challenge.ts';
import type { Context, RequestsDeps } from './context.ts';
import { createFiling } from './filing.ts';
import { createLimits } from './limits.ts';
import { createMailing } from './mailing.ts';
import { createOwn } from './own.ts';
import { createPrivacy } from './privacy.ts';
import { createSigningIn } from './signing-in.ts';
import { saveSettings, settingsOf } from './store.ts';

/** For how long a form may stand open. */
export const FORM_S = 12 * 3_600;

export type Requests = ReturnType<typeof createRequests>;

/**
 * The front door of the requests room: customers who help themselves. Who a customer is, their mailbox proves; what they see and
 * do is their own. Tells `request_settings.changed` and `privacy_request.changed`; hears nothing.
 */
export function createRequests(deps: RequestsDeps) {
  const limits = createLimits({ lookup: deps.db.lookup, key: deps.key });
  const challenges = createChallenges({ signer: deps.signer, limits, now: deps.machineNow });
  const context: Context = { ...deps, limits, challenges };
  const privacy = createPrivacy(context);
  const mailing = createMailing(context);
  const signingIn = createSigningIn(context, mailing);

  return {
    ...signingIn,
    ...createFiling(context, mailing, signingIn),
    own: createOwn(context, privacy),
    privacy,
    challenge: challenges.make,
    /** What a form asks first, by the answers so far. */
    firstQuestions: deps.intake.step,
    /** Does what a form asks once, however often an impatient finger sends it; null for all but the first. What failed can be sent again. */
    sendOnce: <T>(workspaceId: string, form: string, act: () => Promise<T>): Promise<T | null> =>
      deps.db.work(workspaceId, async (tx) => (await limits.onceWith(tx, workspaceId, form, FORM_S) ? act() : null)),

    settings: (workspaceId: string): Promise<RequestSettings> => deps.db.work(workspaceId, (tx) => settingsOf(tx, workspaceId)),
    async showSettings(actor: Actor): Promise<RequestSettings> {
      demand(actor, 'workspace.read');
      return deps.db.work(actor.workspaceId, (tx) => settingsOf(tx, actor.workspaceId));
    },
    async changeSettings(actor: Actor, settings: RequestSettings): Promise<RequestSettings> {
      demand(actor, 'workspace.manage');
      await deps.db.work(actor.workspaceId, async (tx) => {
        await saveSettings(tx, actor.workspaceId, settings);
        await deps.emit(tx, actor.workspaceId, { type: 'request_settings.changed', actor: { kind: 'person', id: actor.id }, at: deps.now() });
      });
      return settings;
    },
  };
}
