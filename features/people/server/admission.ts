import type { z } from 'zod';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { emailKey } from '../core/address.ts';
import type { SignIn } from '../core/contract.ts';
import { stateOf, type Person } from '../core/person.ts';
import { hasSecondStep, methodsOf, nextStep, type Factors, type SecondStep } from '../core/two-step.ts';
import type { PasskeyAnswer, SecondStepDone } from '../core/two-step-contract.ts';
import { goodLink, insertPending, signInCandidates, useLink, type Link } from './credential-store.ts';
import { factorsOf, passkeyKeysOf, passkeyOwner, rememberedId, requiredRoles, savePasskeyUse } from './factor-store.ts';
import type { Attempt, Limits } from './limits.ts';
import type { Options, Passkeys } from './passkeys.ts';
import type { Passwords } from './passwords.ts';
import type { Proofs } from './proofs.ts';
import type { Refusals } from './refusals.ts';
import { hashOf, newSecret, type Client, type OpenedSession, type Sessions } from './sessions.ts';
import { lockPassword, lockPerson } from './store.ts';

const PENDING_MINUTES = 10;
const MAX_PENDING = 5;

/** The first step is done and the second is due. `pending` is good for ten minutes, once, and for nothing but that step. */
export type StepDue = {
  readonly pending: string; readonly enrol: boolean; readonly methods: SecondStep[]; readonly passkeysPossible: boolean; readonly expiresAt: Date;
};
export type Admitted = OpenedSession | StepDue;
type Newcomer = Pick<Person, 'id' | 'email' | 'role'>;

export type Admission = ReturnType<typeof createAdmission>;

/** Every way in. Whatever the first step was, `admit` alone decides whether there is a second one. */
export function createAdmission({ db, limits, passwords, passkeys, proofs, sessions, refusals }: {
  db: Database; refusals: Pick<Refusals, 'note'>; limits: Limits; passwords: Passwords; passkeys: Passkeys; proofs: Proofs; sessions: Sessions;
}) {
  async function admit(tx: Tx, workspaceId: string, person: Newcomer, client: Client): Promise<Admitted> {
    const factors = await factorsOf(tx, person.id);
    const remembered = hasSecondStep(factors) && limits.isKnownDevice(client.device, emailKey(person.email))
      ? await rememberedId(tx, person.id, hashOf(client.device)) : null;
    const step = nextStep({ role: person.role, required: await requiredRoles(tx), factors, isRemembered: remembered !== null });
    if (step !== 'in') return wait(tx, workspaceId, person.id, factors, step === 'enrol');
    return sessions.open(tx, workspaceId, {
      personId: person.id, email: person.email, client, secondStep: remembered === null ? null : 'device', rememberedId: remembered,
    });
  }

  async function wait(tx: Tx, workspaceId: string, personId: string, factors: Factors, enrol: boolean): Promise<StepDue> {
    const pending = newSecret();
    const expiresAt = await insertPending(tx, workspaceId, {
      id: newId(), personId, tokenHash: hashOf(pending), minutes: PENDING_MINUTES, atMost: MAX_PENDING,
    });
    return { pending, enrol, methods: enrol ? [] : methodsOf(factors), passkeysPossible: passkeys.possible, expiresAt };
  }

  /** Tries every person with the address; always at least one hash, so that unknown addresses take as long. */
  async function match(input: z.infer<typeof SignIn>): Promise<{ workspaceId: string; personId: string; passwordHash: string } | null> {
    const candidates = (await signInCandidates(db.lookup, emailKey(input.email)))
      .filter(({ workspaceId }) => input.workspaceId === undefined || workspaceId === input.workspaceId);
    for (const candidate of candidates) {
      if (await passwords.matches(candidate.passwordHash, input.password)) return candidate;
    }
    if (candidates.length === 0) await passwords.matchesNobody(input.password);
    for (const { workspaceId, personId } of candidates) refusals.note(workspaceId, personId, 'password');
    return null;
  }

  async function pendingLink(pending: string): Promise<Link> {
    const link = await goodLink(db.lookup, 'second_step', hashOf(pending));
    if (!link) throw pendingGone();
    return link;
  }

  /** The person whose sign-in waits, locked: what is decided about them now stays true until it is written. */
  async function waiting<T>(pending: string, act: (tx: Tx, link: Link, person: Person) => Promise<T>): Promise<T> {
    const link = await pendingLink(pending);
    return db.work(link.workspaceId, async (tx) => {
      const person = await lockPerson(tx, link.personId);
      if (!person || stateOf(person) !== 'active') throw pendingGone();
      return act(tx, link, person);
    });
  }

  async function enter(tx: Tx, link: Link, person: Person, client: Client, secondStep: SecondStep, remember: boolean): Promise<OpenedSession> {
    if (!(await useLink(tx, link.linkId))) throw pendingGone();
    return sessions.open(tx, link.workspaceId, { personId: person.id, email: person.email, client, secondStep, remember });
  }

  return {
    admit, enter,

    /** For somebody who must have a second step and has none: nobody with a password alone adds one beside another's. */
    enrolling: <T>(pending: string, act: (tx: Tx, link: Link, person: Person) => Promise<T>): Promise<T> =>
      waiting(pending, async (tx, link, person) => {
        const step = nextStep({ role: person.role, required: await requiredRoles(tx), factors: await factorsOf(tx, person.id), isRemembered: false });
        if (step !== 'enrol') throw new AppError('forbidden', 'two_step.not_now', 'Sign in first, and change the second step in your settings.');
        return act(tx, link, person);
      }),

    doors: {
      /** Refuses in the same words and the same time whether the address, the password or the account is wrong. */
      async signIn(input: z.infer<typeof SignIn>, client: Client): Promise<Admitted> {
        const attempt: Attempt = { emailKey: emailKey(input.email), address: client.address, device: client.device };
        const giveBack = await limits.signIn(attempt);
        const matched = await match(input);
        if (!matched) throw wrongCredentials();
        const admitted = await db.work(matched.workspaceId, async (tx) => {
          const current = await lockPassword(tx, matched.personId);
          const person = await lockPerson(tx, matched.personId);
          if (!person || current?.hash !== matched.passwordHash) throw wrongCredentials();
          return admit(tx, matched.workspaceId, person, client);
        });
        await giveBack();
        if ('token' in admitted) await sessions.leave(client.session);
        return admitted;
      },

      async secondStep({ pending, remember, ...proof }: z.infer<typeof SecondStepDone>, client: Client): Promise<OpenedSession> {
        const { workspaceId, personId } = await pendingLink(pending);
        const giveBack = await proofs.count(proof, personId);
        const opened = await waiting(pending, async (tx, link, person) => {
          if (!(await proofs.accept(tx, link, proof, 'second_step'))) {
            refusals.note(workspaceId, personId, 'second_step');
            throw wrongSecondStep();
          }
          return enter(tx, link, person, client, proof.method, remember);
        });
        await giveBack();
        await sessions.leave(client.session);
        return opened;
      },

      secondStepOptions: (pending: string): Promise<Options> => waiting(pending, async (tx, _link, person) =>
        passkeys.requestOptions({ purpose: 'second_step', personId: person.id }, await passkeyKeysOf(tx, person.id))),

      async passkeyOptions(client: Client): Promise<Options> {
        await limits.passkey(client.address);
        return passkeys.requestOptions({ purpose: 'sign_in', personId: null }, []);
      },

      /** A passkey whose authenticator has recognised the person is both steps in one. */
      async signInByPasskey(answer: PasskeyAnswer, client: Client): Promise<OpenedSession> {
        await limits.passkey(client.address);
        const owner = await passkeyOwner(db.lookup, answer.id);
        const counter = owner ? await passkeys.counterOf(owner, answer, { purpose: 'sign_in', personId: null }) : null;
        if (!owner || counter === null) throw wrongPasskey();
        const opened = await db.work(owner.workspaceId, async (tx) => {
          const person = await lockPerson(tx, owner.personId);
          const stillThere = (await passkeyKeysOf(tx, owner.personId)).some(({ id }) => id === owner.id);
          if (!person || !stillThere || stateOf(person) !== 'active') throw wrongPasskey();
          await savePasskeyUse(tx, owner.id, counter);
          return sessions.open(tx, owner.workspaceId, { personId: person.id, email: person.email, client, secondStep: 'passkey' });
        });
        await sessions.leave(client.session);
        return opened;
      },
    },
  };
}

const wrongCredentials = (): AppError =>
  new AppError('unauthenticated', 'session.wrong_credentials', 'The address or the password is wrong.');
const wrongSecondStep = (): AppError =>
  new AppError('unauthenticated', 'session.second_step_wrong', 'This code or passkey is not right, or was used already.');
const wrongPasskey = (): AppError =>
  new AppError('unauthenticated', 'session.passkey_wrong', 'This passkey is not known here; sign in with the password.');
const pendingGone = (): AppError =>
  new AppError('unauthenticated', 'session.pending_gone', 'The sign-in took too long, or was finished already; begin anew.');
