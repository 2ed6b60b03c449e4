import { randomBytes } from 'node:crypto';
import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { LARGEST_FACE, MOST_FACE_BYTES, SMALLEST_FACE } from '../core/contract.ts';
import { plainPicture } from '../core/face-picture.ts';
import { demand } from '../core/permissions.ts';
import { demandReach, demandSession } from '../core/person.ts';
import { deleteFace, faceAt, facesAfter, facesOf, putFace } from './face-store.ts';
import { findPerson } from './store.ts';

const TOKEN = /^[\w-]{22}$/;
const FOLDER = '/faces';

/** What people look like: a small picture at an address that nobody guesses, for colleagues and for customers they talk with. */
export function createFaces({ db, now, emit }: { db: Database; now: Now; emit: Emit }) {
  const announce = (tx: Tx, actor: Actor, id: string): Promise<void> =>
    emit(tx, actor.workspaceId, { type: 'person.changed', subjectId: id, actor: { kind: 'person', id: actor.id }, data: {}, at: now() });

  return {
    /** One's own. A new one has a new address, and the old one shows nothing any more. */
    async showFace(actor: Actor, given: Buffer): Promise<{ face: string }> {
      demandSession(actor);
      if (given.length > MOST_FACE_BYTES) throw new AppError('too_large', 'face.too_large', `A face takes ${MOST_FACE_BYTES / 1000} KB at most: make the picture smaller.`);
      const picture = plainPicture(given);
      if (!picture) throw new AppError('mismatch', 'face.not_a_picture', 'Send a JPEG or a PNG as the body, with Content-Type application/octet-stream.');
      const isFitting = [picture.width, picture.height].every((pixels) => pixels >= SMALLEST_FACE && pixels <= LARGEST_FACE);
      if (!isFitting) throw new AppError('mismatch', 'face.wrong_size', `A face is ${SMALLEST_FACE} to ${LARGEST_FACE} pixels wide and high.`);
      const token = randomBytes(16).toString('base64url');
      await db.work(actor.workspaceId, async (tx) => {
        await putFace(tx, actor.workspaceId, { personId: actor.id, token, contentType: picture.contentType, bytes: picture.bytes, createdAt: now() });
        await announce(tx, actor, actor.id);
      });
      return { face: `${FOLDER}/${token}` };
    },

    /** One's own, or that of somebody whom one may manage. */
    async removeFace(actor: Actor, personId: string): Promise<void> {
      if (personId === actor.id) demandSession(actor);
      else demand(actor, 'people.manage');
      await db.work(actor.workspaceId, async (tx) => {
        const person = await findPerson(tx, personId);
        if (!person) throw new AppError('not_found', 'person.not_found', 'There is no such person.');
        if (personId !== actor.id) demandReach(actor, person);
        if (await deleteFace(tx, personId)) await announce(tx, actor, personId);
      });
    },

    faces: (actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<{ id: string; face: string }>> => {
      demand(actor, 'people.list');
      const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, ['id']);
      return db.work(actor.workspaceId, async (tx) => pageOfRows(await facesAfter(tx, { limit: limit + 1, after }), limit, ({ personId }) => [personId], ({ personId, token }) => ({ id: personId, face: `${FOLDER}/${token}` })));
    },

    /** For rooms above: where the faces of these can be seen. Whoever has none is not in the answer. */
    facesOf: async (tx: Tx, personIds: readonly string[]): Promise<Map<string, string>> =>
      new Map((await facesOf(tx, [...new Set(personIds)])).map(({ personId, token }) => [personId, `${FOLDER}/${token}`])),

    /** By its address, for anybody. */
    faceAt: async (token: string): Promise<{ contentType: string; bytes: Buffer } | null> => (TOKEN.test(token) ? await faceAt(db.lookup, token) ?? null : null),
  };
}
