import { sql } from 'kysely';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';

/** For rooms above, in their transaction: the team most of whose people speak a language, the best first; null when nobody's team does. */
export async function teamSpeaking(tx: Tx, language: Language): Promise<string | null> {
  const { rows } = await sql<{ teamId: string }>`
    select m.team_id as "teamId" from skills s
    join person_skills ps on ps.workspace_id = s.workspace_id and ps.skill_id = s.id
    join people p on p.workspace_id = ps.workspace_id and p.id = ps.person_id and p.joined_at is not null and p.deactivated_at is null
    join team_members m on m.workspace_id = ps.workspace_id and m.person_id = ps.person_id
    join teams t on t.workspace_id = m.workspace_id and t.id = m.team_id and t.archived_at is null
    where s.language = ${language} group by m.team_id, t.name order by count(*) desc, sum(ps.level) desc, t.name, m.team_id limit 1`.execute(tx);
  return rows[0]?.teamId ?? null;
}
