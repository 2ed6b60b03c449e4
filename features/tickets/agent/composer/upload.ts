import { speakerHeaders } from '../../../../platform/browser/api.ts';
import { ApiError, problemOf } from '../../../../platform/browser/problems.ts';
import { AttachmentView } from '../../core/contract.ts';
import type { Attached } from './drafts.ts';

export const LARGEST_FILE_BYTES = 25_000_000;

/** Sends one file up and says how far it has come (0 to 1); `fetch` can't tell that, so this is the one older way. */
export function upload(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<Attached> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ name: file.name || 'file', ...(file.type && { contentType: file.type }) });
    request.open('POST', `/api/v1/uploads?${query}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('idempotency-key', crypto.randomUUID());
    for (const [name, value] of Object.entries(speakerHeaders())) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
    request.addEventListener('load', () => void settle(request).then(resolve, reject));
    request.addEventListener('error', () => reject(new ApiError({ status: 0, code: 'network.unreachable' })));
    request.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

async function settle(request: XMLHttpRequest): Promise<Attached> {
  if (request.status === 201) return AttachmentView.parse(JSON.parse(request.responseText));
  throw await problemOf(new Response(request.responseText || null, { status: request.status || 502 }));
}
