import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { readCondition } from '../../conditions/core/check.ts';
import { planOf } from '../../conditions/core/plan.ts';
import type { FieldValues } from '../../fields/core/types.ts';
import type { Fields } from '../../fields/server/fields.ts';
import { demand, type Permission } from '../../people/core/permissions.ts';
import type { IntakeStep, IntakeView, IntakeWrite, Question } from '../core/contract.ts';
import { askable, type AskedQuestion, earlierAnswers, type KeptQuestion, landing, stepOf, walk } from '../core/walk.ts';
import { deleteIntake, findIntake, intakesOf, type Kind, putIntake, type StoredIntake } from './store.ts';

export type Intake = ReturnType<typeof createIntake>;
type Given = Readonly<Record<string, unknown>>;

/**
 * The front door of the intake room: what is asked first, per kind of ticket; one definition for forms, chats and agents. Tells
 * `intake.changed`; hears nothing.
 */
export function createIntake({ db, now, emit, fields }: { db: Database; now: Now; emit: Emit; fields: Pick<Fields, 'definitions' | 'setValues'> }) {
  const work = <T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, permission);
    return db.work(actor.workspaceId, act);
  };
  const absent = () => new AppError('not_found', 'intake.not_found', 'Nothing is asked first for this kind of ticket.');
  const changed = (tx: Tx, actor: Actor, kind: Kind) => emit(tx, actor.workspaceId, { type: 'intake.changed', actor: { kind: 'person', id: actor.id }, data: { kind }, at: now() });

  /** Empty where nothing is asked. */
  async function questionsOf(tx: Tx, kind: Kind): Promise<AskedQuestion[]> {
    const intake = await findIntake(tx, kind);
    return intake?.active ? askable(intake.questions, await fields.definitions(tx, 'ticket')) : [];
  }

  /** Each may ask about those before it, and about nothing else. */
  async function read(tx: Tx, given: readonly Question[]): Promise<KeptQuestion[]> {
    const definitions = await fields.definitions(tx, 'ticket');
    const kept: KeptQuestion[] = [];
    for (const [i, question] of given.entries()) {
      checkQuestion(question, kept, definitions, `#/questions/${i}`);
      const attributes = earlierAnswers(askable(kept, definitions), 'en');
      const when = question.when === null ? null : readCondition(question.when, attributes, { pointer: `#/questions/${i}/when` });
      if (when) planOf(when, attributes, { now: new Date(0) });
      kept.push({ ...question, when });
    }
    return kept;
  }

  return {
    list: (actor: Actor): Promise<Page<IntakeView>> => work(actor, 'fields.list', async (tx) => ({ items: (await intakesOf(tx)).map(present), nextCursor: null })),

    get: (actor: Actor, kind: Kind): Promise<IntakeView> => work(actor, 'fields.list', async (tx) => {
      const intake = await findIntake(tx, kind);
      if (!intake) throw absent();
      return present(intake);
    }),

    put: (actor: Actor, kind: Kind, { active, questions }: IntakeWrite): Promise<IntakeView> => work(actor, 'fields.manage', async (tx) => {
      const intake: StoredIntake = { kind, active, questions: await read(tx, questions), updatedAt: now() };
      await putIntake(tx, actor.workspaceId, intake);
      await changed(tx, actor, kind);
      return present(intake);
    }),

    remove: (actor: Actor, kind: Kind): Promise<void> => work(actor, 'fields.manage', async (tx) => {
      if (!await deleteIntake(tx, kind)) throw absent();
      await changed(tx, actor, kind);
    }),

    /** For who fills it in: what is asked by the answers so far, in words. No question at all: nothing is asked first. */
    step: (workspaceId: string, kind: Kind, given: Given, language: Language): Promise<IntakeStep> =>
      db.work(workspaceId, async (tx) => stepOf(walk(await questionsOf(tx, kind), given, now()), language)),

    /**
     * For rooms above, in their unit of work: where the answers land. What is missing or wrong is refused with `intake.incomplete`; an answer to what
     * is not asked counts for nothing.
     */
    async settle(tx: Tx, kind: Kind, given: Given, language: Language): Promise<{ fields: FieldValues; lines: readonly string[] }> {
      const walked = walk(await questionsOf(tx, kind), given, now());
      if (walked.wrong.size > 0) {
        const keys = [...walked.wrong.keys()];
        throw new AppError('invalid', 'intake.incomplete', `Answer ${keys.join(', ')} as it is asked.`, { errors: keys.map((key) => ({ pointer: `#/answers/${key}`, code: 'intake.incomplete', detail: walked.wrong.get(key) === 'missing' ? 'is missing.' : 'does not fit.' })) });
      }
      const landed = landing(walked, language);
      return { fields: await fields.setValues(tx, 'ticket', {}, landed.fields as Parameters<typeof fields.setValues>[3]), lines: landed.lines };
    },
  };
}

const present = ({ kind, active, questions, updatedAt }: StoredIntake): IntakeView => ({
  kind, active, updatedAt: updatedAt.toISOString(),
  questions: questions.map((one) => ({ ...one, names: { ...one.names }, hints: { ...one.hints }, choices: one.choices.map(({ key, names }) => ({ key, names: { ...names } })), when: one.when && { ...one.when } })) as IntakeView['questions'],
});

type Definitions = Awaited<ReturnType<Fields['definitions']>>;

/** What is wrong with a question beside those before it. */
function checkQuestion({ key, field, choices }: Question, before: readonly KeptQuestion[], definitions: Definitions, pointer: string): void {
  const found = definitions.find((one) => one.key === field);
  const canBeAsked = found !== undefined && found.active && found.type !== 'person';
  const faults: readonly (readonly [where: string, isWrong: boolean, detail: string])[] = [
    ['key', before.some((one) => one.key === key), 'must be one of a kind.'],
    ['field', field !== null && !canBeAsked, 'must be the key of a field of tickets that is in use, and not of a colleague.'],
    ['choices', field !== null && choices.length > 0, 'must be left out: the field says what can be chosen.'],
    ['field', field !== null && before.some((one) => one.field === field), 'is filled by an earlier question already.'],
    ['choices', new Set(choices.map((one) => one.key)).size < choices.length, 'must each have a key of its own.'],
  ];
  const fault = faults.find(([, isWrong]) => isWrong);
  if (!fault) return;
  const [where, , detail] = fault;
  throw new AppError('invalid', 'intake.bad_question', `${pointer}/${where} ${detail}`, { errors: [{ pointer: `${pointer}/${where}`, code: 'intake.bad_question', detail }] });
}
