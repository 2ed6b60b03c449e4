import { sql } from 'kysely';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import type { FacePicture } from '../core/face-picture.ts';

export type Face = { readonly personId: string; readonly token: string };

export async function putFace(tx: Tx, workspaceId: string, face: Face & { readonly contentType: FacePicture['contentType']; readonly bytes: Uint8Array; readonly createdAt: Date }): Promise<void> {
  const shown = { token: face.token, content_type: face.contentType, bytes: Buffer.from(face.bytes), created_at: face.createdAt };
  await tx.insertInto('person_faces').values({ workspace_id: workspaceId, person_id: face.personId, ...shown })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'person_id']).doUpdateSet(shown)).execute();
}

export async function deleteFace(tx: Tx, personId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('person_faces').where('person_id', '=', personId).executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

export const facesAfter = (tx: Tx, { limit, after }: { limit: number; after: string | null }): Promise<Face[]> =>
  tx.selectFrom('person_faces').select(['person_id as personId', 'token']).$if(after !== null, (query) => query.where('person_id', '>', after)).orderBy('person_id').limit(limit).execute();

export const facesOf = (tx: Tx, personIds: readonly string[]): Promise<Face[]> =>
  personIds.length === 0 ? Promise.resolve([]) : tx.selectFrom('person_faces').select(['person_id as personId', 'token']).where('person_id', 'in', personIds).execute();

export async function faceAt(lookup: Connection, token: string): Promise<{ contentType: string; bytes: Buffer } | undefined> {
  const { rows } = await sql<{ contentType: string; bytes: Buffer }>`select content_type as "contentType", bytes from face_at(${token})`.execute(lookup);
  return rows[0];
}
