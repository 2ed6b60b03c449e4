import { createHash } from 'node:crypto';
import type { Now } from '../../../kernel/actor.ts';
import type { Signer } from '../../../platform/http/signing.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { ChallengeView } from '../core/contract.ts';
import type { Limits } from './limits.ts';

/** About a second of work on a phone; for whoever sends ten thousand, hours. */
const BITS = 18;
const GOOD_FOR_S = 600;

export type Challenges = ReturnType<typeof createChallenges>;

/** Work that a machine of a stranger has to do before it is listened to. Nothing about it is kept but that it was used. */
export function createChallenges({ signer, limits, now }: { signer: Signer; limits: Pick<Limits, 'once'>; now: Now }) {
  return {
    make: (workspaceId: string): ChallengeView => ({ challenge: signer.sign(['work', workspaceId, newId()], new Date(now().getTime() + GOOD_FOR_S * 1000)), bits: BITS }),

    async isSolved(workspaceId: string, proof: { readonly challenge: string; readonly answer: string } | undefined): Promise<boolean> {
      if (!proof || zeroBits(createHash('sha256').update(`${proof.challenge}:${proof.answer}`).digest()) < BITS) return false;
      const [what, of, id] = signer.open(proof.challenge, now()) ?? [];
      return what === 'work' && of === workspaceId && id !== undefined && limits.once(workspaceId, `work ${id}`, GOOD_FOR_S);
    },
  };
}

export function zeroBits(hash: Uint8Array): number {
  const first = hash.findIndex((byte) => byte !== 0);
  return first === -1 ? hash.length * 8 : first * 8 + Math.clz32(hash[first]!) - 24;
}
