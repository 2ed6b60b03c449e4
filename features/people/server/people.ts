import type { z } from 'zod';
import type { Actor, Now, Role } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import { deriveKey } from '../../../platform/config/secret.ts';
import type { Vault } from '../../../platform/config/vault.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import type { Setup } from '../../workspaces/core/contract.ts';
import type { Settle, Workspaces } from '../../workspaces/server/workspaces.ts';
import { cookieNames } from '../core/credentials.ts';
import { demandPassword, demandSession, type Person } from '../core/person.ts';
import { createAdmission, type Admitted } from './admission.ts';
import { createFaces } from './faces.ts';
import { createFactors } from './factors.ts';
import { createLimits } from './limits.ts';
import { createLinks, type Log } from './links.ts';
import { createMailer } from './mailer.ts';
import { createPasskeys } from './passkeys.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { createProofs } from './proofs.ts';
import { createRefusals } from './refusals.ts';
import { createSessions, type Client, type OpenedSession } from './sessions.ts';
import { createStaff } from './staff.ts';
import { createStepUp } from './step-up.ts';
import { colleagues, findPeople, insertPerson, whoLeads } from './store.ts';
import { replaceTeamsOf } from './team-store.ts';
import { createTeams, requireTeams } from './teams.ts';
import { textKeys } from './text-keys.ts';
import { createTokens } from './tokens.ts';

export type { Admitted } from './admission.ts';
export type { Client, OpenedSession } from './sessions.ts';
export type People = ReturnType<typeof createPeople>;

type Newcomer = {
  readonly email: string; readonly name: string; readonly role: Role; readonly language: Language;
  /** Null: cannot sign in until a reset. */
  readonly passwordHash: string | null;
};

/**
 * The front door of the people room: who works here, who is asking, and what they may do.
 * `sender` is the address from which invitations and resets come; links in them begin with `publicUrl` and nothing else.
 */
export function createPeople({ db, now, machineNow, emit, outbox, relayAnswers, workspaces, publicUrl, sender, secret, earlierSecrets = [], vault, log, passwords = createPasswords() }: {
  db: Database; now: Now; machineNow: Now; emit: Emit; outbox: Pick<Outbox, 'queue' | 'leaves'>; /** Whether mail of `sender` gets away at this moment. */ relayAnswers: (workspaceId: string) => Promise<boolean>; workspaces: Workspaces;
  publicUrl: string; sender: string; secret: string; /** What the secret was before. */ earlierSecrets?: readonly string[]; vault: Vault; log: Log; passwords?: Passwords;
}) {
  const names = cookieNames(publicUrl);
  const limits = createLimits({ lookup: db.lookup, key: deriveKey(secret, 'people limits') });
  const passkeys = createPasskeys({ db, publicUrl });
  const proofs = createProofs({ vault, passkeys, limits, machineNow });
  const refusals = createRefusals({ db, log });
  const sessions = createSessions({ db, now, emit, limits, names });
  const admission = createAdmission({ db, limits, passwords, passkeys, proofs, sessions, refusals });
  const stepUp = createStepUp({ db, limits, passwords, passkeys, proofs, refusals });
  const { requireFresh } = stepUp;
  /** Whoever makes somebody an owner gives everything away: only a person who has just proved who they are does that. */
  const ownership = async (actor: Actor, role: Role): Promise<void> => {
    if (role !== 'owner') return;
    demandSession(actor);
    await requireFresh(actor);
  };
  const mailer = createMailer({ outbox, workspaces, sender, machineNow });

  const links = createLinks({ db, now, emit, outbox, relayAnswers, mailer, publicUrl, limits, passwords, admission, sessions, workspaces, ownership, log });

  /** Somebody who is here at once, without an invitation. */
  async function enrol(tx: Tx, workspaceId: string, newcomer: Newcomer, at: Date): Promise<string> {
    const id = newId();
    const inserted = await insertPerson(tx, workspaceId, {
      id, email: newcomer.email, name: newcomer.name, role: newcomer.role, language: newcomer.language, theme: 'system',
      passwordHash: newcomer.passwordHash, invitedAt: null, joinedAt: at, createdAt: at,
    });
    if (!inserted) throw new AppError('conflict', 'person.exists', 'Somebody in this workspace has this address already.');
    await emit(tx, workspaceId, { type: 'person.joined', subjectId: id, actor: { kind: 'person', id }, at });
    return id;
  }

  const asOwner = (owner: Omit<Newcomer, 'role'>): Settle<{ workspaceId: string; personId: string }> =>
    async (tx, workspaceId, at) => ({ workspaceId, personId: await enrol(tx, workspaceId, { ...owner, role: 'owner' }, at) });

  return {
    cookieNames: names,
    ...createTokens({ db, now, emit, requireFresh }),
    ...createTeams({ db, now, emit }),
    ...createFaces({ db, now, emit }),
    ...createStaff({ db, now, emit, sessions, workspaces, mailLeaves: outbox.leaves, ownership, textKeysOf: textKeys([secret, ...earlierSecrets]) }),
    ...links,
    /** Until the resets that were asked for are in the outbox, and failed sign-ins in the audit. */
    settled: async (): Promise<void> => { await links.settled(); await refusals.settled(); },
    ...createFactors({ db, now, machineNow, emit, vault, passkeys, mailer, admission, sessions, workspaces, requireFresh, publicUrl }),
    ...stepUp,
    ...admission.doors,
    ...sessions.doors,

    /** For rooms above, in their transaction. Whoever is not there is not in the answer; deactivated people are. */
    peopleByIds: async (tx: Tx, ids: readonly string[]): Promise<Map<string, Person>> =>
      new Map((await findPeople(tx, [...new Set(ids)])).map((person) => [person.id, person])),
    /** Everybody who works here now. */
    colleagues,
    requireTeams,
    whoLeads,

    setupNeeded: (): Promise<boolean> => workspaces.isEmpty(),

    checkSetupLink: async (token: string, address: string): Promise<void> => {
      await limits.link(address);
      await workspaces.checkSetupLink(token);
    },

    /** The first workspace and its owner, by the link that the server printed. */
    async setUp({ token, workspaceName, name, email, password, language }: z.infer<typeof Setup>, client: Client): Promise<Admitted> {
      await limits.link(client.address);
      await workspaces.checkSetupLink(token);
      demandPassword(password, email);
      const passwordHash = await passwords.hash(password);
      return workspaces.foundBySetupLink(token, { name: workspaceName, language }, async (tx, workspaceId, at) => {
        const personId = await enrol(tx, workspaceId, { email, name, role: 'owner', language, passwordHash }, at);
        return admission.admit(tx, workspaceId, { id: personId, email, role: 'owner' }, client);
      });
    },

    /** The first workspace and its owner, from the settings. False when there is a workspace: nothing is touched then. */
    async ensureOwner({ email, password, language = 'en' }: { email: string; password: string; language?: Language }): Promise<boolean> {
      if (!(await workspaces.isEmpty())) return false;
      const [name = email, domain = ''] = email.split('@');
      const passwordHash = await passwords.hash(password);
      try {
        await workspaces.foundFirst({ name: domain.includes('.') ? domain : 'Rapport', language }, asOwner({ email, name, language, passwordHash }));
        return true;
      } catch (error) {
        if (error instanceof AppError && error.code === 'setup.done') return false;
        throw error;
      }
    },

    /** One more workspace, with an owner who can sign in at once. For the operator's tools, tests and the demo. */
    async createWorkspace({ name, language = 'en', owner }: {
      name: string; language?: Language; owner: { email: string; name: string; password: string | null };
    }): Promise<{ workspaceId: string; personId: string }> {
      const passwordHash = owner.password === null ? null : await passwords.hash(owner.password);
      return workspaces.create({ name, language }, asOwner({ email: owner.email, name: owner.name, language, passwordHash }));
    },

    /** Somebody who is here at once. For the operator's tools, tests and the demo. */
    async addPerson(workspaceId: string, { password, teamIds = [], language = 'en', ...person }: {
      email: string; name: string; role: Role; password: string | null; language?: Language; teamIds?: readonly string[];
    }): Promise<string> {
      const passwordHash = password === null ? null : await passwords.hash(password);
      return db.work(workspaceId, async (tx) => {
        const id = await enrol(tx, workspaceId, { ...person, language, passwordHash }, now());
        await requireTeams(tx, teamIds);
        await replaceTeamsOf(tx, workspaceId, id, teamIds);
        return id;
      });
    },

    /** A session without a password, for the operator's tools and tests. */
    openSession: (workspaceId: string, person: { id: string; email: string }): Promise<OpenedSession> =>
      db.work(workspaceId, (tx) => sessions.open(tx, workspaceId, {
        personId: person.id, email: person.email, client: { address: '', userAgent: '', device: null, session: null }, secondStep: 'operator',
      })),
  };
}
