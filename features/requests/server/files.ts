import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Files } from '../../../platform/files/files.ts';
import { cleanFileName } from '../../tickets/core/file-name.ts';
import type { StoredFile } from '../../tickets/core/incoming.ts';
import { MAX_FILE_BYTES, MAX_FILES, MAX_FILES_BYTES } from '../core/contract.ts';
import { fileType } from './file-types.ts';

export type GivenFile = { readonly name: string; readonly bytes: Uint8Array };

/** Refuses what is too much, and what could run. */
export async function keepFiles(files: Pick<Files, 'put'>, tx: Tx, workspaceId: string, given: readonly GivenFile[]): Promise<StoredFile[]> {
  const kept: StoredFile[] = [];
  for (const { name, contentType, bytes } of checkedFiles(given)) {
    const { sha256, size } = await files.put(tx, workspaceId, bytes);
    kept.push({ sha256, size, name, contentType, contentId: null });
  }
  return kept;
}

/** The same before anything is written. */
export function checkedFiles(given: readonly GivenFile[]): (GivenFile & { readonly contentType: string })[] {
  const whole = given.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  if (given.length > MAX_FILES || whole > MAX_FILES_BYTES || given.some(({ bytes }) => bytes.byteLength > MAX_FILE_BYTES)) {
    throw new AppError('invalid', 'request.files_too_large', `Send ${MAX_FILES} files at most, ${MAX_FILE_BYTES / 1_048_576} MB each and ${MAX_FILES_BYTES / 1_048_576} MB together.`);
  }
  return given.map(({ name: spelled, bytes }) => {
    const name = cleanFileName(spelled);
    const contentType = fileType(bytes, name);
    if (contentType === null) throw new AppError('invalid', 'request.file_type', 'Send pictures, PDF, documents, sound, film or plain text; this file is something else.', { name });
    return { name, bytes, contentType };
  });
}
