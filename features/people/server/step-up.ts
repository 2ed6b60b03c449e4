import type { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/db/db.ts';
import { demandSession } from '../core/person.ts';
import { methodsOf } from '../core/two-step.ts';
import type { StepUp } from '../core/two-step-contract.ts';
import { factorsOf, freshness, passkeyKeysOf, renewSession } from './factor-store.ts';
import type { Limits } from './limits.ts';
import type { Options, Passkeys } from './passkeys.ts';
import type { Passwords } from './passwords.ts';
import type { Proofs } from './proofs.ts';
import type { Refusals } from './refusals.ts';
import { hashOf, newSecret } from './sessions.ts';
import { lockPassword } from './store.ts';

const FRESH_MINUTES = 10;

export type Renewed = { readonly token: string; readonly expiresAt: Date };

/** What could do lasting harm asks once more who sits there, unless that was proved within the last ten minutes. */
export function createStepUp({ db, limits, passwords, passkeys, proofs, refusals }: {
  db: Database; refusals: Pick<Refusals, 'note'>; limits: Limits; passwords: Passwords; passkeys: Passkeys; proofs: Proofs;
}) {
  /** API tokens were made by somebody who had proved it, and nobody sits at a program: they pass. */
  async function requireFresh(actor: Actor): Promise<void> {
    if (actor.credential.kind === 'token') return;
    await db.work(actor.workspaceId, async (tx) => {
      const found = await freshness(tx, actor.credential.id, FRESH_MINUTES);
      if (found?.fresh) return;
      const methods = [...methodsOf(await factorsOf(tx, actor.id)), ...(found?.hasPassword ? ['password'] : [])];
      throw new AppError('forbidden', 'session.step_up_needed', 'Prove once more who you are (POST /api/v1/session/step-up), and repeat this within ten minutes.', { methods });
    });
  }

  async function byPassword(actor: Actor, password: string): Promise<void> {
    const giveBack = await limits.passwordCheck(actor.id);
    const known = await db.work(actor.workspaceId, (tx) => lockPassword(tx, actor.id));
    if (!known?.hash || !(await passwords.matches(known.hash, password))) {
      refusals.note(actor.workspaceId, actor.id, 'step_up');
      throw new AppError('invalid', 'password.wrong', 'The password is not right.');
    }
    await giveBack();
  }

  return {
    requireFresh,

    /** The session goes on under a new secret. */
    async stepUp(actor: Actor, proof: z.infer<typeof StepUp>): Promise<Renewed> {
      demandSession(actor);
      if (proof.method === 'password') await byPassword(actor, proof.password);
      const giveBack = proof.method === 'password' ? null : await proofs.count(proof, actor.id);
      const renewed = await db.work(actor.workspaceId, async (tx) => {
        if (proof.method !== 'password' && !(await proofs.accept(tx, { workspaceId: actor.workspaceId, personId: actor.id }, proof, 'step_up'))) {
          refusals.note(actor.workspaceId, actor.id, 'step_up');
          throw new AppError('invalid', 'two_step.wrong', 'This code or passkey is not right, or was used already.');
        }
        const token = newSecret();
        const expiresAt = await renewSession(tx, actor.credential.id, hashOf(token));
        if (!expiresAt) throw new AppError('unauthenticated', 'session.missing', 'This session has ended; sign in again.');
        return { token, expiresAt };
      });
      await giveBack?.();
      return renewed;
    },

    async stepUpOptions(actor: Actor): Promise<Options> {
      demandSession(actor);
      return db.work(actor.workspaceId, async (tx) => passkeys.requestOptions({ purpose: 'step_up', personId: actor.id }, await passkeyKeysOf(tx, actor.id)));
    },
  };
}
