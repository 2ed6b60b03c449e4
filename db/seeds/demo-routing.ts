import type { App } from '../../apps/server/compose.ts';
import type { Actor } from '../../kernel/actor.ts';
import { LANGUAGES, type Language } from '../../kernel/languages.ts';
import { STAFF } from './demo-people.ts';

const NAMES: Record<Language, string> = { en: 'English', bg: 'Bulgarian', pl: 'Polish', ru: 'Russian', ar: 'Arabic' };
/** Who speaks what beside their own language, and how well: 5 is as the best. */
const ALSO: Readonly<Record<string, Partial<Record<Language, number>>>> = {
  elena: { en: 4, ru: 4 }, georgi: { en: 2, ru: 3 }, marta: { en: 4, ru: 2 }, olga: { bg: 4, en: 3 }, karim: { en: 4 },
};
const HOUR_SECONDS = 3_600;

type Parties = { readonly owner: Actor; readonly agents: ReadonlyMap<string, { readonly actor: Actor }>; readonly teams: ReadonlyMap<string, string> };

/** Languages and one craft as skills, and two queues to take from: what is broken goes to the workshop first. */
export async function seedRouting({ routing }: Pick<App, 'routing'>, { owner, agents, teams }: Parties): Promise<void> {
  const skills = new Map<string, string>();
  for (const language of LANGUAGES) skills.set(language, (await routing.addSkill(owner, { name: NAMES[language], language })).id);
  const workshop = (await routing.addSkill(owner, { name: 'Repairing kitchen appliances' })).id;
  for (const { key, language, teams: own, role } of STAFF) {
    if (role === 'colleague') continue;
    const levels = Object.entries({ ...ALSO[key], [language]: 5 }).map(([id, level]) => ({ id: skills.get(id)!, level }));
    const craft = (own as readonly string[]).includes('repairs') ? [{ id: workshop, level: key === 'marta' ? 5 : 3 }] : [];
    await routing.setAbilities(owner, agents.get(key)!.actor.id, { skills: [...levels, ...craft], capacity: null });
  }
  const [repairs, orders] = [teams.get('repairs')!, teams.get('orders')!];
  const common = { mode: 'pull' as const, language: { need: 'preferred' as const, level: 2, relaxAfterSeconds: null }, headStartSeconds: 0, ownAgentSeconds: 120, calendarId: null };
  await routing.addQueue(owner, {
    ...common, name: 'Repairs and warranty', conditions: { version: 1, all: [{ field: 'team', operator: 'is', value: repairs }] }, teamIds: [repairs],
    overflow: [{ teamId: orders, afterSeconds: 4 * HOUR_SECONDS }], skills: [{ id: workshop, level: 2, need: 'preferred', relaxAfterSeconds: null }],
  });
  await routing.addQueue(owner, { ...common, name: 'Everything else', conditions: null, teamIds: [], overflow: [], skills: [] });
}
