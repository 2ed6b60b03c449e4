import { createHash } from 'node:crypto';
import type { Now } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Vault } from '../../../platform/config/vault.ts';
import { readCode, readDigits } from '../core/two-step.ts';
import type { Proof } from '../core/two-step-contract.ts';
import { findTotp, passkeyKeysOf, savePasskeyUse, useRecoveryCode, useTotpStep, type ChallengePurpose } from './factor-store.ts';
import type { Limits } from './limits.ts';
import type { Passkeys } from './passkeys.ts';
import { TOTP_SEED } from './sealed.ts';
import { stepOfCode } from './totp.ts';

export type Whose = { readonly workspaceId: string; readonly personId: string };
export type Proofs = ReturnType<typeof createProofs>;

/** 80 random bits need no slow hash; the person is in it, so that equal codes of two people are not equal here. */
export const recoveryHash = (personId: string, code: string): Buffer => createHash('sha256').update(`${personId}\n${code}`).digest();

/** The one check of second steps, for signing in and for stepping up. What was accepted is used up with the unit of work. */
export function createProofs({ vault, passkeys, limits, machineNow }: { vault: Vault; passkeys: Passkeys; limits: Limits; machineNow: Now }) {
  async function acceptTotp(tx: Tx, whose: Whose, typed: string): Promise<boolean> {
    const code = readDigits(typed);
    const row = await findTotp(tx, whose.personId);
    if (code === null || !row?.seed) return false;
    const step = stepOfCode(vault.open(TOTP_SEED.place(whose.workspaceId, whose.personId), row.seed), code, machineNow());
    return step !== null && useTotpStep(tx, whose.personId, step);
  }

  async function acceptRecovery(tx: Tx, { personId }: Whose, typed: string): Promise<boolean> {
    const code = readCode(typed);
    return code !== null && useRecoveryCode(tx, personId, recoveryHash(personId, code));
  }

  return {
    /** Guesses are counted before they are looked at; passkeys cannot be guessed. Says how to give a right one back. */
    count: async ({ method }: Pick<Proof, 'method'>, personId: string): Promise<() => Promise<void>> =>
      method === 'passkey' ? () => Promise.resolve() : limits.secondStep(personId),

    async accept(tx: Tx, whose: Whose, proof: Proof, purpose: ChallengePurpose): Promise<boolean> {
      switch (proof.method) {
        case 'totp': return acceptTotp(tx, whose, proof.code);
        case 'recovery': return acceptRecovery(tx, whose, proof.code);
        case 'passkey': {
          const key = (await passkeyKeysOf(tx, whose.personId)).find(({ credentialId }) => credentialId === proof.answer.id);
          const counter = key ? await passkeys.counterOf(key, proof.answer, { purpose, personId: whose.personId }) : null;
          if (!key || counter === null) return false;
          await savePasskeyUse(tx, key.id, counter);
          return true;
        }
      }
    },
  };
}
