import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Actor, Now, Role } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Vault } from '../../../platform/config/vault.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { demand } from '../core/permissions.ts';
import { demandReach, demandSession, type Person } from '../core/person.ts';
import { CODE_BYTES, demandOneLeft, hasSecondStep, MAX_PASSKEYS, readCode, readDigits, RECOVERY_CODES, spellCode, type Factors } from '../core/two-step.ts';
import type { EnrolPasskey, EnrolTotp, PasskeyAdd, TotpDraft } from '../core/two-step-contract.ts';
import { twoStepChangedLetter, twoStepResetLetter } from '../core/two-step-letters.ts';
import type { Admission } from './admission.ts';
import { revokeSessions, voidLinks } from './credential-store.ts';
import {
  confirmTotp, deleteFactors, deletePasskey, deleteRemembered, deleteTotp, factorsOf, findTotp, insertPasskey, markSecondStep, passkeyKeysOf, passkeysOf,
  rememberedOf, renamePasskey, replaceRecoveryCodes, requiredRoles, saveTotpDraft, type Passkey, type Remembered,
} from './factor-store.ts';
import type { Mailer } from './mailer.ts';
import type { Options, Passkeys } from './passkeys.ts';
import { recoveryHash } from './proofs.ts';
import { TOTP_DRAFT } from './sealed.ts';
import type { Client, OpenedSession, Sessions } from './sessions.ts';
import { lockPerson } from './store.ts';
import { newSeed, seedAddress, stepOfCode } from './totp.ts';

type Draft = z.infer<typeof TotpDraft>;
/** Null when there were codes before: those stay good. */
type NewCodes = string[] | null;
export type TwoStep = {
  readonly totpSince: Date | null; readonly recoveryCodes: number; readonly passkeys: Passkey[]; readonly remembered: Remembered[];
  readonly isRequired: boolean; readonly passkeysPossible: boolean; readonly required: Role[];
};
type Keep = { readonly keep?: string };

/** Authenticator app, passkeys and recovery codes: setting them up, from the settings or while signing in, and taking them away. */
export function createFactors({ db, now, machineNow, emit, vault, passkeys, mailer, admission, sessions, workspaces, requireFresh, publicUrl }: {
  db: Database; now: Now; machineNow: Now; emit: Emit; vault: Vault; passkeys: Passkeys; mailer: Mailer; admission: Admission;
  sessions: Pick<Sessions, 'announceEnd' | 'leave'>; workspaces: Pick<Workspaces, 'get' | 'requireTwoStep'>;
  requireFresh: (actor: Actor) => Promise<void>; publicUrl: string;
}) {
  /** One's own ways in are changed by the person at the screen, who has just proved it. */
  async function own<T>(actor: Actor, act: (tx: Tx, person: Person) => Promise<T>): Promise<T> {
    demandSession(actor);
    await requireFresh(actor);
    return db.work(actor.workspaceId, async (tx) => {
      const person = await lockPerson(tx, actor.id);
      if (!person) throw new AppError('not_found', 'person.not_found', 'There is no such person.');
      return act(tx, person);
    });
  }

  async function tell(tx: Tx, workspaceId: string, person: Person, type: `person.${string}`, data: Record<string, string> = {}): Promise<void> {
    await emit(tx, workspaceId, { type, subjectId: person.id, actor: { kind: 'person', id: person.id }, data, at: now() });
    await mailer.send(tx, workspaceId, 'notice', person, (workspace) => twoStepChangedLetter({
      language: person.language, name: person.name, workspace, link: `${publicUrl}/settings/security`,
    }));
  }

  async function newCodes(tx: Tx, workspaceId: string, personId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, () => spellCode(randomBytes(CODE_BYTES)));
    await replaceRecoveryCodes(tx, workspaceId, personId, codes.map((code) => recoveryHash(personId, readCode(code) ?? code)));
    return codes;
  }

  /** With the first second step every session that has not done it ends, and the way back in is handed out. */
  async function added(tx: Tx, workspaceId: string, person: Person, method: 'totp' | 'passkey', before: Factors, { keep }: Keep): Promise<NewCodes> {
    await tell(tx, workspaceId, person, 'person.second_step_added', { method });
    if (!hasSecondStep(before)) {
      if (keep !== undefined) await markSecondStep(tx, keep, method);
      await sessions.announceEnd(tx, workspaceId, person.id, await revokeSessions(tx, person.id, keep === undefined ? {} : { keep }));
    }
    return before.recoveryCodes > 0 ? null : newCodes(tx, workspaceId, person.id);
  }

  async function removed(tx: Tx, workspaceId: string, person: Person, method: 'totp' | 'passkey'): Promise<void> {
    const left = await factorsOf(tx, person.id);
    demandOneLeft(left, (await requiredRoles(tx)).includes(person.role));
    if (!hasSecondStep(left)) {
      await replaceRecoveryCodes(tx, workspaceId, person.id, []);
      await deleteRemembered(tx, person.id);
    }
    await tell(tx, workspaceId, person, 'person.second_step_removed', { method });
  }

  async function draftTotp(tx: Tx, workspaceId: string, person: Person): Promise<Draft> {
    const secret = newSeed();
    await saveTotpDraft(tx, workspaceId, person.id, vault.seal(TOTP_DRAFT.place(workspaceId, person.id), secret));
    return { secret, address: seedAddress(secret, { issuer: (await workspaces.get(workspaceId)).name, label: person.email }) };
  }

  async function takeTotp(tx: Tx, workspaceId: string, person: Person, typed: string, keep: Keep): Promise<NewCodes> {
    const before = await factorsOf(tx, person.id);
    const draft = (await findTotp(tx, person.id))?.draft;
    if (!draft) throw new AppError('conflict', 'two_step.nothing_to_confirm', 'Begin anew: there is no authenticator app that waits for its first code.');
    const code = readDigits(typed);
    const step = code === null ? null : stepOfCode(vault.open(TOTP_DRAFT.place(workspaceId, person.id), draft), code, machineNow());
    if (step === null) throw new AppError('invalid', 'two_step.wrong', 'This code is not right; check that the clock of the phone is.');
    await confirmTotp(tx, person.id, step);
    return added(tx, workspaceId, person, 'totp', before, keep);
  }

  async function passkeyOptions(tx: Tx, workspaceId: string, person: Person): Promise<Options> {
    const known = await passkeyKeysOf(tx, person.id);
    if (known.length >= MAX_PASSKEYS) throw new AppError('conflict', 'passkey.too_many', `A person can have ${MAX_PASSKEYS} passkeys; remove one that is no longer used.`);
    return passkeys.registrationOptions(person, (await workspaces.get(workspaceId)).name, known);
  }

  async function takePasskey(tx: Tx, workspaceId: string, person: Person, { name, made }: z.infer<typeof PasskeyAdd>, keep: Keep): Promise<NewCodes> {
    const before = await factorsOf(tx, person.id);
    if (before.passkeys >= MAX_PASSKEYS) throw new AppError('conflict', 'passkey.too_many', `A person can have ${MAX_PASSKEYS} passkeys; remove one that is no longer used.`);
    const key = await passkeys.made(person.id, made);
    if (!(await insertPasskey(tx, workspaceId, person.id, { ...key, id: newId(), name }))) {
      throw new AppError('conflict', 'passkey.known', 'This passkey is registered already.');
    }
    return added(tx, workspaceId, person, 'passkey', before, keep);
  }

  type Enrolled = OpenedSession & { recoveryCodes: NewCodes };
  async function enrolWith(pending: string, method: 'totp' | 'passkey', client: Client, take: (tx: Tx, workspaceId: string, person: Person) => Promise<NewCodes>): Promise<Enrolled> {
    const enrolled = await admission.enrolling(pending, async (tx, link, person) => {
      const recoveryCodes = await take(tx, link.workspaceId, person);
      return { ...(await admission.enter(tx, link, person, client, method, false)), recoveryCodes };
    });
    await sessions.leave(client.session);
    return enrolled;
  }

  return {
    /** While signing in, for somebody whose role needs a second step. */
    enrolTotp: (pending: string): Promise<Draft> => admission.enrolling(pending, (tx, { workspaceId }, person) => draftTotp(tx, workspaceId, person)),
    enrolPasskeyOptions: (pending: string): Promise<Options> => admission.enrolling(pending, (tx, { workspaceId }, person) => passkeyOptions(tx, workspaceId, person)),
    finishTotp: ({ pending, code }: z.infer<typeof EnrolTotp>, client: Client): Promise<Enrolled> =>
      enrolWith(pending, 'totp', client, (tx, workspaceId, person) => takeTotp(tx, workspaceId, person, code, {})),
    finishPasskey: ({ pending, ...passkey }: z.infer<typeof EnrolPasskey>, client: Client): Promise<Enrolled> =>
      enrolWith(pending, 'passkey', client, (tx, workspaceId, person) => takePasskey(tx, workspaceId, person, passkey, {})),

    async twoStep(actor: Actor): Promise<TwoStep> {
      demandSession(actor);
      return db.work(actor.workspaceId, async (tx) => {
        const required = await requiredRoles(tx);
        return {
          totpSince: (await findTotp(tx, actor.id))?.confirmedAt ?? null, recoveryCodes: (await factorsOf(tx, actor.id)).recoveryCodes,
          passkeys: await passkeysOf(tx, actor.id), remembered: await rememberedOf(tx, actor.id), isRequired: required.includes(actor.role),
          passkeysPossible: passkeys.possible, required,
        };
      });
    },

    addTotp: (actor: Actor): Promise<Draft> => own(actor, (tx, person) => draftTotp(tx, actor.workspaceId, person)),
    confirmTotp: (actor: Actor, code: string): Promise<NewCodes> =>
      own(actor, (tx, person) => takeTotp(tx, actor.workspaceId, person, code, { keep: actor.credential.id })),
    removeTotp: (actor: Actor): Promise<void> => own(actor, async (tx, person) => {
      if (await deleteTotp(tx, person.id)) await removed(tx, actor.workspaceId, person, 'totp');
    }),

    addPasskeyOptions: (actor: Actor): Promise<Options> => own(actor, (tx, person) => passkeyOptions(tx, actor.workspaceId, person)),
    addPasskey: (actor: Actor, passkey: z.infer<typeof PasskeyAdd>): Promise<NewCodes> =>
      own(actor, (tx, person) => takePasskey(tx, actor.workspaceId, person, passkey, { keep: actor.credential.id })),
    renamePasskey: (actor: Actor, id: string, name: string): Promise<void> => own(actor, async (tx) => {
      if (!(await renamePasskey(tx, actor.id, id, name))) throw noPasskey();
    }),
    removePasskey: (actor: Actor, id: string): Promise<void> => own(actor, async (tx, person) => {
      if (!(await deletePasskey(tx, actor.id, id))) throw noPasskey();
      await removed(tx, actor.workspaceId, person, 'passkey');
    }),

    /** New ones; the old ones are good for nothing. */
    renewRecoveryCodes: (actor: Actor): Promise<string[]> => own(actor, async (tx, person) => {
      if (!hasSecondStep(await factorsOf(tx, person.id))) throw new AppError('conflict', 'two_step.none', 'Set up an authenticator app or a passkey first.');
      const codes = await newCodes(tx, actor.workspaceId, person.id);
      await tell(tx, actor.workspaceId, person, 'person.recovery_codes_made');
      return codes;
    }),

    /** Takes nobody's rights to do so: forgetting makes signing in harder, never easier. */
    async forgetDevice(actor: Actor, id: string): Promise<void> {
      demandSession(actor);
      const forgotten = await db.work(actor.workspaceId, (tx) => deleteRemembered(tx, actor.id, id));
      if (forgotten === 0) throw new AppError('not_found', 'device.not_found', 'You have no such remembered device.');
    },

    /** For somebody who lost phone and codes. Ends every session; the person is told by mail. */
    async resetTwoStep(actor: Actor, id: string): Promise<void> {
      demand(actor, 'people.manage');
      demandSession(actor);
      if (id === actor.id) throw new AppError('conflict', 'two_step.yourself', 'Your own second step is changed in your settings, or by another administrator.');
      await requireFresh(actor);
      await db.work(actor.workspaceId, async (tx) => {
        const person = await lockPerson(tx, id);
        if (!person) throw new AppError('not_found', 'person.not_found', 'There is no such person.');
        demandReach(actor, person);
        await deleteFactors(tx, id);
        await voidLinks(tx, id, 'second_step');
        await sessions.announceEnd(tx, actor.workspaceId, id, await revokeSessions(tx, id));
        await emit(tx, actor.workspaceId, { type: 'person.two_step_reset', subjectId: id, actor: { kind: 'person', id: actor.id }, at: now() });
        await mailer.send(tx, actor.workspaceId, 'notice', person, (workspace) => twoStepResetLetter({ language: person.language, name: person.name, workspace, link: `${publicUrl}/` }));
      });
    },

    /** Holds at once: whoever has no second step and must have one is signed out, and sets it up when signing in. */
    async requireTwoStep(actor: Actor, roles: readonly Role[]): Promise<void> {
      demand(actor, 'workspace.manage');
      demandSession(actor);
      await requireFresh(actor);
      await db.work(actor.workspaceId, async (tx) => {
        if (roles.includes(actor.role) && !hasSecondStep(await factorsOf(tx, actor.id))) {
          throw new AppError('conflict', 'two_step.yourself_first', 'Set up your own second step first; otherwise this would sign you out.');
        }
        await workspaces.requireTwoStep(actor, roles);
      });
    },
  };
}

const noPasskey = (): AppError => new AppError('not_found', 'passkey.not_found', 'You have no such passkey.');
