import type { Actor, Role } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import { mayGrant } from './permissions.ts';

export type Person = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly language: Language;
  readonly theme: 'system' | 'light' | 'dark';
  readonly teamIds: readonly string[];
  /** Null until the invitation was accepted. */
  readonly joinedAt: Date | null;
  readonly deactivatedAt: Date | null;
  readonly createdAt: Date;
};

export const stateOf = (person: Pick<Person, 'joinedAt' | 'deactivatedAt'>): 'invited' | 'active' | 'deactivated' => {
  if (person.deactivatedAt) return 'deactivated';
  return person.joinedAt ? 'active' : 'invited';
};

/** Passwords, devices and tokens are for the person behind a session, so that a lost API token cannot make itself at home. */
export function demandSession(actor: Pick<Actor, 'credential'>): void {
  if (actor.credential.kind !== 'session') {
    throw new AppError('forbidden', 'session.needed', 'An API token cannot do this: sign in as the person.');
  }
}

export function demandGrant(actor: Pick<Actor, 'role'>, role: Role): void {
  if (!mayGrant(actor, role)) throw new AppError('forbidden', 'person.role_above_you', 'You can give roles up to your own only.', { role });
}

/** Whoever manages people touches nobody above themself. */
export function demandReach(actor: Pick<Actor, 'role'>, person: Pick<Person, 'role'>): void {
  if (!mayGrant(actor, person.role)) throw new AppError('forbidden', 'person.above_you', 'Ask somebody with at least the same role as this person.');
}

/** `owners` are the ids of those who have joined and are not deactivated. A workspace never loses the last of them. */
export function keepAnOwner(owners: readonly string[], leaving: string): void {
  if (owners.length === 1 && owners[0] === leaving) {
    throw new AppError('conflict', 'person.last_owner', 'A workspace needs an owner: make somebody else an owner first.');
  }
}

const MIN_DIFFERENT = 5;

/** Length is checked by the contract; this refuses what is long and still guessed first. */
export function demandPassword(password: string, email: string): void {
  const plain = password.normalize('NFKC').toLowerCase();
  if (new Set(plain).size < MIN_DIFFERENT || plain === email.toLowerCase()) {
    throw new AppError('invalid', 'password.too_easy', 'Choose a password that is harder to guess: several unrelated words make a good one.');
  }
}
