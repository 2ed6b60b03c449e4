import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { ImportPage, ImportPreview, ImportView, type ImportKind } from '../core/contract.ts';

const LOOK_AGAIN_MS = 2_000;

export const importsQuery = pagedQuery(['imports', 'list'], '/imports', ImportPage, { limit: 20 });
/** Looked at again while it goes on: not every part is told. */
export const importQuery = (id: string) => queryOptions({
  queryKey: ['imports', 'one', id],
  queryFn: ({ signal }) => api.get(`/imports/${id}`, ImportView, { signal }),
  refetchInterval: ({ state }) => (['checking', 'running', 'undoing'].includes(state.data?.state ?? '') ? LOOK_AGAIN_MS : false),
});
export const previewQuery = (id: string) => queryOptions({ queryKey: ['imports', 'preview', id], queryFn: ({ signal }) => api.get(`/imports/${id}/preview`, ImportPreview, { signal }) });

export type Chosen = { readonly kind: ImportKind; readonly mailbox: string | null; readonly file: File | null; readonly path: string };
export const upload = ({ kind, mailbox, file, path }: Chosen): Promise<ImportView> => {
  const named = file ? { name: file.name } : { name: path, path };
  const asked = new URLSearchParams({ kind, ...named, ...(kind === 'mail' && mailbox !== null && { mailbox }) });
  // Its bytes and no more: a browser calls a table this or that.
  return api.upload(`/imports?${asked.toString()}`, new Blob(file ? [file] : []), ImportView);
};

/** Does something with a file, and shows what it has become. */
export function useAct<Given = void>(act: (given: Given) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => cache.invalidateQueries({ queryKey: ['imports'] }) });
}
