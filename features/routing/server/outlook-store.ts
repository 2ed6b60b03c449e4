import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';

export type Candidate = { readonly id: string; readonly name: string; readonly stoodIn: boolean; readonly isSeen: boolean };

const MOST_LOOKED_AT = 20;

/** Who may stand in: who did so before, the latest first, then who shares a team and is seen at the desk. Of somebody without a team everybody. */
export async function candidates(tx: Tx, { personId, now, seenAfter }: { personId: string; now: Date; seenAfter: Date }): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    with own as (select team_id from team_members where person_id = ${personId}),
    earlier as (select deputy_id, max(created_at) as at from absences where person_id = ${personId} and deputy_id is not null group by 1)
    select p.id, p.name, e.at is not null as "stoodIn", coalesce(r.seen_at > ${seenAfter}, false) as "isSeen"
    from people p left join earlier e on e.deputy_id = p.id left join presences r on r.workspace_id = p.workspace_id and r.person_id = p.id
    where p.id <> ${personId} and p.joined_at is not null and p.deactivated_at is null and p.role <> 'colleague'
      and (e.at is not null or not exists (select from own) or exists (select from team_members m where m.person_id = p.id and m.team_id in (select team_id from own)))
      and not exists (select from absences a where a.person_id = p.id and a.from_at <= ${now} and a.to_at > ${now} and a.back_at is null)
    order by e.at desc nulls last, 4 desc, lower(p.name), p.id limit ${MOST_LOOKED_AT}`.execute(tx);
  return rows;
}
