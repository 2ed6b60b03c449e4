import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { useOne, type Quota } from '../../../platform/db/quota.ts';
import type { FieldValues } from '../../fields/core/types.ts';
import type { IntakeStep } from '../../intake/core/contract.ts';
import type { IntakeAsk, MessageCreate } from '../core/visitor-contract.ts';
import type { Context } from './context.ts';
import { tooFast, type createSessions } from './sessions.ts';
import type { Visitor } from './visitor-store.ts';
import type { StoredWidget } from './widget-store.ts';

/** One for each answer, and for each way back. */
const STEPS: Quota = { uses: 120, seconds: 60 };
type Kind = StoredWidget['intakeKinds'][number];
type Settled = { readonly lines: readonly string[]; readonly begins?: { readonly kind: Kind; readonly fields: FieldValues } };

/** What a chat asks before a matter begins: for which kinds is the widget's to say, what is asked the intake room's. */
export function createAsking({ db, intake, visitor: seated, languageOf }: Context, admit: ReturnType<typeof createSessions>['admit']) {
  return {
    async intakeStep(visitor: Visitor, kind: Kind, { answers, language }: IntakeAsk): Promise<IntakeStep> {
      const retryAfter = await useOne(db.lookup, `chat intake ${visitor.visitorId}`, STEPS);
      if (retryAfter !== null) throw tooFast(retryAfter);
      const spoken = await db.work(visitor.workspaceId, async (tx) => {
        const { visitor: row, widget } = await seated(tx, visitor);
        admit(row);
        if (!widget.intakeKinds.includes(kind)) throw new AppError('not_found', 'intake.not_found', 'This chat asks nothing about that kind; `look.intakeKinds` names those that it asks about.');
        return language ?? languageOf(visitor, row);
      });
      return intake.step(visitor.workspaceId, kind, answers, spoken);
    },

    /** Where the answers land, in the transaction of the message that begins a matter. */
    async settled(tx: Tx, { intakeKinds: kinds }: Pick<StoredWidget, 'intakeKinds'>, { isNew, given, language }: { isNew: boolean; given: MessageCreate['intake']; language: Language }): Promise<Settled> {
      if (!isNew || kinds.length === 0) return { lines: [] };
      const kind = given?.kind ?? (kinds.length === 1 ? kinds[0]! : null);
      if (kind === null || !kinds.includes(kind)) throw new AppError('invalid', 'visitor.questions_first', `Questions come first: ask for them with POST /api/v1/visitor/intake/KIND (${kinds.join(', ')}), and send {kind, answers} as intake of the message.`);
      const { fields, lines } = await intake.settle(tx, kind, given?.answers ?? {}, language);
      return { lines, begins: { kind, fields } };
    },
  };
}
