import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { sanitiseMail } from '../../../platform/html/sanitise.ts';
import type { Checklists } from '../../checklists/server/checklists.ts';
import { stateOf } from '../../people/core/person.ts';
import type { People } from '../../people/server/people.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { MacroAction } from '../core/actions.ts';
import { placeOf } from '../core/planning.ts';
import { unknownPlaceholders } from '../core/placeholders.ts';
import type { SavedReply } from './store.ts';

export type Variants = Partial<Record<Language, string | undefined>>;

/** The only way from what was sent to a saved reply: what could not be done, and what says and does nothing, is refused. */
export function createChecking({ people, checklists, tickets }: { people: Pick<People, 'peopleByIds' | 'requireTeams'>; checklists: Pick<Checklists, 'require'>; tickets: Pick<Tickets, 'checkTargets'> }) {
  async function checkAction(tx: Tx, workspaceId: string, action: MacroAction): Promise<void> {
    if (action.type === 'set_team' && action.teamId !== null) await people.requireTeams(tx, [action.teamId]);
    const place = placeOf(action);
    if (place) await tickets.checkTargets(tx, place);
    if (action.type === 'checklist') await checklists.require(tx, workspaceId, action.templateId);
    if (action.type === 'note') refuseUnknown(action.text, null);
    if (action.type === 'set_assignee' && action.personId !== null && action.personId !== 'me') {
      const person = (await people.peopleByIds(tx, [action.personId])).get(action.personId);
      if (!person || stateOf(person) === 'deactivated') throw new AppError('not_found', 'person.not_found', 'There is no such person, or they no longer work here.');
    }
  }

  /** `given`: what is new of it. What was good when it was saved is not asked again: it says so itself when it is used. */
  return async (tx: Tx, workspaceId: string, { variants, actions }: Pick<SavedReply, 'variants' | 'actions'>, given: { readonly teamId?: string | null | undefined; readonly actions?: readonly MacroAction[] | undefined }): Promise<void> => {
    if (Object.keys(variants).length === 0 && actions.length === 0) throw new AppError('invalid', 'saved_reply.empty', 'Give a text in at least one language, or something that it does.');
    if (given.teamId) await people.requireTeams(tx, [given.teamId]);
    for (const action of given.actions ?? []) await checkAction(tx, workspaceId, action);
  };
}

/** Clean HTML, and no placeholder that would stay empty in front of a customer. */
export function cleaned(variants: Variants): Partial<Record<string, string>> {
  const result: Partial<Record<string, string>> = {};
  for (const [language, html] of Object.entries(variants)) {
    if (html === undefined) continue;
    refuseUnknown(html, language);
    result[language] = sanitiseMail(html, { image: () => null }).html;
  }
  return result;
}

function refuseUnknown(text: string, language: string | null): void {
  const unknown = unknownPlaceholders(text);
  if (unknown.length === 0) return;
  const where = language === null ? 'the note' : `the text in "${language}"`;
  throw new AppError('invalid', 'saved_reply.unknown_placeholder', `There is no placeholder "${unknown[0]}"; mend it in ${where}.`, { ...(language !== null && { language }), unknown });
}
