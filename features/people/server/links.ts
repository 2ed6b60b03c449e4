import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Actor, Now, Role } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { outsideWork, type Database, type Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { emailKey } from '../core/address.ts';
import type { Invite, InvitationAccept, InvitationView, PasswordChange } from '../core/contract.ts';
import { invitationLetter, passwordChangedLetter, resetLetter } from '../core/letters.ts';
import { demand } from '../core/permissions.ts';
import { demandGrant, demandPassword, demandReach, demandSession, stateOf, type Person } from '../core/person.ts';
import { CODE_BYTES, readCode, spellCode } from '../core/two-step.ts';
import type { Admission, Admitted } from './admission.ts';
import {
  goodLink, insertLink, resetTargets, revokeSessions, useLink, voidLinks, type Link, type LinkPurpose, type ResetTarget,
} from './credential-store.ts';
import { deleteRemembered } from './factor-store.ts';
import type { Limits } from './limits.ts';
import type { Mailer } from './mailer.ts';
import type { Passwords } from './passwords.ts';
import { hashOf, newSecret, type Client, type Sessions } from './sessions.ts';
import { findPerson, findPersonByEmail, insertPerson, lockPassword, lockPerson, saveInvited, saveJoined, savePassword } from './store.ts';
import { replaceTeamsOf } from './team-store.ts';
import { requireTeams } from './teams.ts';

const INVITATION_MINUTES = 7 * 24 * 60;
const RESET_MINUTES = 30;
const MAX_PENDING_RESETS = 200;

/** For work that nobody waits for. */
export type Log = { error(details: object, message: string): void };
type LetterPurpose = Exclude<LinkPurpose, 'second_step'>;
type Made = { link: string; typed: { code: string; at: string } };
type Sent = { readonly person: Person; readonly link: string; /** There is a relay. */ readonly leaves: boolean };
export type Invited = { readonly person: Person; readonly link: string | null };

/** Invitations, forgotten passwords and changed ones: everything that a mail with a link, or a password, proves. */
export function createLinks({ db, now, emit, outbox, relayAnswers, mailer, publicUrl, limits, passwords, admission, sessions, workspaces, ownership, log }: {
  db: Database; now: Now; emit: Emit; outbox: Pick<Outbox, 'leaves'>; relayAnswers: (workspaceId: string) => Promise<boolean>; mailer: Mailer; publicUrl: string; limits: Limits;
  passwords: Passwords; admission: Pick<Admission, 'admit'>; sessions: Pick<Sessions, 'announceEnd'>; workspaces: Pick<Workspaces, 'get'>;
  /** Before somebody is made an owner. */
  ownership: (actor: Actor, role: Role) => Promise<void>; log: Log;
}) {
  const pending = new Set<Promise<void>>();

  /** A new link, the same in short for whoever types it, and the end of the older ones. The secrets are in the mail alone. */
  async function makeLink(tx: Tx, workspaceId: string, personId: string, purpose: LetterPurpose): Promise<Made> {
    const secret = newSecret();
    const code = spellCode(randomBytes(CODE_BYTES));
    const minutes = purpose === 'invitation' ? INVITATION_MINUTES : RESET_MINUTES;
    await insertLink(tx, workspaceId, { id: newId(), purpose, personId, tokenHash: hashOf(secret), codeHash: hashOf(readCode(code) ?? code), minutes });
    return { link: `${publicUrl}/${purpose}?token=${secret}`, typed: { code, at: `${publicUrl}/${purpose}` } };
  }

  async function sendInvitation(tx: Tx, actor: Actor, person: Person): Promise<Sent> {
    const made = await makeLink(tx, actor.workspaceId, person.id, 'invitation');
    const inviter = await findPerson(tx, actor.id);
    await mailer.send(tx, actor.workspaceId, 'invitation', person, (workspace) => invitationLetter({
      language: person.language, name: person.name, inviter: inviter?.name ?? workspace, workspace, ...made,
    }));
    await emit(tx, actor.workspaceId, {
      type: 'person.invited', subjectId: person.id, actor: { kind: 'person', id: actor.id }, data: { role: person.role }, at: now(),
    });
    return { person, link: made.link, leaves: await outbox.leaves(tx, actor.workspaceId) };
  }

  /** Whoever invites has the link in hand when the mail does not get away: somebody waits for it. */
  const handedOver = async ({ workspaceId }: Actor, { person, link, leaves }: Sent): Promise<Invited> => ({ person, link: leaves && await relayAnswers(workspaceId) ? null : link });

  async function sendReset({ workspaceId, personId }: ResetTarget): Promise<void> {
    await db.work(workspaceId, async (tx) => {
      const person = await lockPerson(tx, personId);
      if (!person || stateOf(person) !== 'active') return;
      const made = await makeLink(tx, workspaceId, personId, 'reset');
      await mailer.send(tx, workspaceId, 'reset', person, (workspace) => resetLetter({ language: person.language, name: person.name, workspace, ...made }));
    });
  }

  async function required(purpose: LetterPurpose, token: string): Promise<Link> {
    const link = await goodLink(db.lookup, purpose, hashOf(readCode(token) ?? token));
    if (!link) throw badLink(purpose);
    return link;
  }

  /** The new password, the end of every session but `keep` and of what was remembered, and a mail that says so. */
  async function setPassword(tx: Tx, workspaceId: string, person: Person, passwordHash: string, keep?: string): Promise<void> {
    await savePassword(tx, person.id, passwordHash);
    await voidLinks(tx, person.id);
    await deleteRemembered(tx, person.id);
    await sessions.announceEnd(tx, workspaceId, person.id, await revokeSessions(tx, person.id, keep === undefined ? {} : { keep }));
    await emit(tx, workspaceId, { type: 'person.password_changed', subjectId: person.id, actor: { kind: 'person', id: person.id }, at: now() });
    await mailer.send(tx, workspaceId, 'notice', person, (workspace) => passwordChangedLetter({
      language: person.language, name: person.name, workspace, link: `${publicUrl}/forgotten`,
    }));
  }

  return {
    async invite(actor: Actor, { email, name, role, language, teamIds }: z.infer<typeof Invite>): Promise<Invited> {
      demand(actor, 'people.manage');
      demandGrant(actor, role);
      await ownership(actor, role);
      await limits.invite(actor.workspaceId, emailKey(email));
      return handedOver(actor, await db.work(actor.workspaceId, async (tx) => {
        const at = now();
        const workspace = await workspaces.get(actor.workspaceId);
        const person: Person = {
          id: newId(), email, name, role, language: language ?? workspace.language, theme: 'system',
          teamIds: (await requireTeams(tx, teamIds)).map((team) => team.id).sort(), joinedAt: null, deactivatedAt: null, createdAt: at,
        };
        const isNew = await insertPerson(tx, actor.workspaceId, { ...person, passwordHash: null, invitedAt: at });
        if (!isNew) throw taken(await findPersonByEmail(tx, email));
        await replaceTeamsOf(tx, actor.workspaceId, person.id, person.teamIds);
        return sendInvitation(tx, actor, person);
      }));
    },

    async inviteAgain(actor: Actor, id: string): Promise<Invited> {
      demand(actor, 'people.manage');
      return handedOver(actor, await db.work(actor.workspaceId, async (tx) => {
        const person = await lockPerson(tx, id);
        if (!person) throw new AppError('not_found', 'person.not_found', 'There is no such person.');
        demandReach(actor, person);
        await ownership(actor, person.role);
        if (stateOf(person) !== 'invited') throw new AppError('conflict', 'person.not_invited', 'Only somebody who has not joined yet can be invited again.');
        await limits.invite(actor.workspaceId, emailKey(person.email));
        await saveInvited(tx, id, now());
        return sendInvitation(tx, actor, person);
      }));
    },

    async checkInvitation(token: string, address: string): Promise<z.infer<typeof InvitationView>> {
      await limits.link(address);
      const { workspaceId, personId } = await required('invitation', token);
      return db.work(workspaceId, async (tx) => {
        const person = await findPerson(tx, personId);
        if (!person) throw badLink('invitation');
        return { name: person.name, email: person.email, language: person.language, workspaceName: (await workspaces.get(workspaceId)).name };
      });
    },

    async acceptInvitation({ token, name, password, language }: z.infer<typeof InvitationAccept>, client: Client): Promise<Admitted> {
      await limits.link(client.address);
      const { workspaceId, linkId, personId } = await required('invitation', token);
      const passwordHash = await passwords.hash(password);
      return db.work(workspaceId, async (tx) => {
        const person = await lockPerson(tx, personId);
        if (!person || stateOf(person) !== 'invited') throw badLink('invitation');
        demandPassword(password, person.email);
        if (!(await useLink(tx, linkId))) throw badLink('invitation');
        const at = now();
        await saveJoined(tx, { id: personId, name, language: language ?? person.language, passwordHash, at });
        await emit(tx, workspaceId, { type: 'person.joined', subjectId: personId, actor: { kind: 'person', id: personId }, at });
        return admission.admit(tx, workspaceId, person, client);
      });
    },

    /** Says nothing about who is known: the work begins after the answer. */
    async requestReset(email: string, address: string): Promise<void> {
      const key = emailKey(email);
      await limits.reset(key, address);
      if (pending.size >= MAX_PENDING_RESETS) {
        throw new AppError('unavailable', 'session.busy', 'Too many requests at this moment; try again shortly.', { retryAfter: 5 });
      }
      const work = outsideWork(async () => {
        for (const target of await resetTargets(db.lookup, key)) await sendReset(target);
      }).catch((err: unknown) => { log.error({ err }, 'a password reset could not be sent'); }).then(() => { pending.delete(work); });
      pending.add(work);
    },

    /** Until the resets that were asked for are in the outbox. */
    async settled(): Promise<void> { await Promise.all(pending); },

    async useReset(token: string, password: string, address: string): Promise<void> {
      await limits.link(address);
      const { workspaceId, linkId, personId } = await required('reset', token);
      const passwordHash = await passwords.hash(password);
      const email = await db.work(workspaceId, async (tx) => {
        const person = await lockPerson(tx, personId);
        if (!person || stateOf(person) !== 'active') throw badLink('reset');
        demandPassword(password, person.email);
        if (!(await useLink(tx, linkId))) throw badLink('reset');
        await setPassword(tx, workspaceId, person, passwordHash);
        return person.email;
      });
      await limits.forgetSignIns(emailKey(email));
    },

    async changePassword(actor: Actor, { current, next }: z.infer<typeof PasswordChange>): Promise<void> {
      demandSession(actor);
      const giveBack = await limits.passwordCheck(actor.id);
      const known = await db.work(actor.workspaceId, (tx) => lockPassword(tx, actor.id));
      if (!known?.hash || !(await passwords.matches(known.hash, current))) throw wrongPassword();
      await giveBack();
      const passwordHash = await passwords.hash(next);
      await db.work(actor.workspaceId, async (tx) => {
        const person = await lockPerson(tx, actor.id);
        const unchanged = await lockPassword(tx, actor.id);
        if (!person || unchanged?.hash !== known.hash) throw wrongPassword();
        demandPassword(next, person.email);
        await setPassword(tx, actor.workspaceId, person, passwordHash, actor.credential.id);
      });
    },
  };
}

function taken(person: Person | undefined): AppError {
  const state = person ? stateOf(person) : 'active';
  const mend = {
    active: 'This person is here already.', invited: 'This person is invited already; send the invitation again.',
    deactivated: 'This person was deactivated; activate the account again.',
  };
  return new AppError('conflict', 'person.exists', mend[state], { state, ...(person && { personId: person.id }) });
}

const badLink = (purpose: LetterPurpose): AppError => purpose === 'invitation'
  ? new AppError('not_found', 'invitation.not_found', 'This link was used, was replaced by a newer one, or has expired; ask for a new invitation.')
  : new AppError('not_found', 'reset.not_found', 'This link was used, was replaced by a newer one, or has expired; ask for a new one.');

const wrongPassword = (): AppError => new AppError('invalid', 'password.wrong', 'The current password is not right.');
