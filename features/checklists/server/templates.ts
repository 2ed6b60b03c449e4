import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { can, demand, type Permission } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import { MOST_TEMPLATES, type TemplateCreate, type TemplatePatch, type TemplateView } from '../core/contract.ts';
import { countTemplates, deleteTemplate, findTemplate, insertTemplate, templates, updateTemplate, type Template } from './template-store.ts';

export const noTemplate = () => new AppError('not_found', 'checklist.no_such_template', 'There is no such template for checklists.');

/** What is to be done on tickets of a kind, kept for the next time. */
export function createTemplates({ db, now, emit, people }: { db: Database; now: Now; emit: Emit; people: Pick<People, 'requireTeams'> }) {
  const work = <T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, permission);
    return db.work(actor.workspaceId, act);
  };
  /** Leads and above look after all of them. */
  const teamsOf = (actor: Actor) => (can(actor, 'checklists.manage') ? null : actor.teamIds);
  const changed = (tx: Tx, actor: Actor, id: string) =>
    emit(tx, actor.workspaceId, { type: 'checklist.template_changed', subjectId: id, actor: { kind: 'person', id: actor.id }, at: now() });

  /** One that this person may use. */
  async function usable(tx: Tx, actor: Actor, id: string): Promise<Template> {
    const template = await findTemplate(tx, actor.workspaceId, id);
    if (!template || (template.teamId !== null && teamsOf(actor)?.includes(template.teamId) === false)) throw noTemplate();
    return template;
  }

  return {
    usable,

    list: (actor: Actor, { q = '', limit, cursor }: { q?: string | undefined; limit: number; cursor?: string | undefined }): Promise<Page<TemplateView>> =>
      work(actor, 'checklists.list', async (tx) => {
        const after = cursor === undefined ? null : decodeCursor(cursor, ['string', 'id']);
        return pageOfRows(await templates(tx, actor.workspaceId, { teamIds: teamsOf(actor), q, limit: limit + 1, after }), limit, (row) => [row.name, row.id], present);
      }),

    create: (actor: Actor, { name, teamId = null, items }: TemplateCreate): Promise<TemplateView> =>
      work(actor, 'checklists.manage', async (tx) => {
        if (teamId !== null) await people.requireTeams(tx, [teamId]);
        if (await countTemplates(tx, actor.workspaceId) >= MOST_TEMPLATES) throw new AppError('conflict', 'checklist.too_many_templates', `A workspace has ${MOST_TEMPLATES} templates at most; remove some that nobody uses.`);
        const template: Template = { id: newId(), name, teamId, items, createdAt: now(), updatedAt: now() };
        await insertTemplate(tx, actor.workspaceId, template);
        await changed(tx, actor, template.id);
        return present(template);
      }),

    /** Lists that began as it stay as they are. */
    change: (actor: Actor, id: string, { name, teamId, items }: TemplatePatch): Promise<TemplateView> =>
      work(actor, 'checklists.manage', async (tx) => {
        const before = await usable(tx, actor, id);
        if (teamId) await people.requireTeams(tx, [teamId]);
        const after: Template = { ...before, name: name ?? before.name, teamId: teamId === undefined ? before.teamId : teamId, items: items ?? before.items, updatedAt: now() };
        await updateTemplate(tx, actor.workspaceId, after);
        await changed(tx, actor, id);
        return present(after);
      }),

    remove: (actor: Actor, id: string): Promise<void> =>
      work(actor, 'checklists.manage', async (tx) => {
        if (!await deleteTemplate(tx, actor.workspaceId, id)) throw noTemplate();
        await changed(tx, actor, id);
      }),
  };
}

const present = ({ id, name, teamId, items, updatedAt }: Template): TemplateView => ({ id, name, teamId, items, updatedAt: updatedAt.toISOString() });
