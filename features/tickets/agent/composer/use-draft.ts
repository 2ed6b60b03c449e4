import { startTransition, useCallback, useEffect, useEffectEvent, useMemo, useReducer, useSyncExternalStore } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { sealedStorage } from '../../../../platform/browser/sealed.ts';
import { DraftView } from '../../core/draft.ts';
import { useDesk } from '../desk.tsx';
import { createDrafts, differInWords, type Draft, type DraftKey, type Drafts, type DraftState, isBlank } from './drafts.ts';
import { plainText } from './sending.ts';
import { discardShared, loadShared, saveShared } from './shared.ts';

const ofPeople = new Map<string, Drafts>();

/** One person's drafts, shared by all editors; somebody else at the same browser never sees them. */
export function draftsOf(personId: string): Drafts {
  const known = ofPeople.get(personId);
  if (known) return known;
  const [kept, name] = [sealedStorage(personId), (key: string) => `draft.${personId}.${key}`];
  const drafts = createDrafts({
    load: (key) => (key.sharedId ? loadShared(key.sharedId) : loadDraft(key)),
    save: (key, draft) => (key.sharedId ? saveShared(key.sharedId, draft) : saveDraft(key, draft)),
    remove: (key) => (key.sharedId ? discardShared(key.sharedId) : api.delete(`/drafts/${pathOf(key)}`)),
    local: { get: (key) => kept.get(name(key)), set: (key, value) => kept.set(name(key), value), remove: (key) => kept.remove(name(key)) },
  });
  addEventListener('online', () => void drafts.flush());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && void drafts.flush());
  ofPeople.set(personId, drafts);
  return drafts;
}

/** What is being written here: its state, and the ways to change and to drop it. */
export function useDraft(key: DraftKey) {
  const { drafts, whole } = useWhole(key);
  const subscribe = useCallback((listener: () => void) => drafts.subscribe(whole, listener), [drafts, whole]);
  return handsOn(drafts, whole, useSyncExternalStore(subscribe, () => drafts.state(whole)));
}

/** What is drawn of words follows them so much later, while somebody types. */
const CALM_MS = 250;

/**
 * The same around an editor, which shows its words itself: of what else is drawn nothing follows them but whether there are any.
 * Whoever acts on them asks for those of this moment.
 */
export function useTypedDraft(key: DraftKey) {
  const { drafts, whole } = useWhole(key);
  return handsOn(drafts, whole, useCalmly(drafts, whole, (drawn, now) => hasLetters(drawn) !== hasLetters(now)));
}

/** The words that are being typed, and how far they are saved, a moment later: for what shows something of them. */
export function useTypedWords(key: DraftKey): DraftState {
  const { drafts, whole } = useWhole(key);
  return useCalmly(drafts, whole, () => true);
}

const hasLetters = ({ draft }: DraftState): boolean => plainText(draft.html) !== '';

/** Follows at once what is done to a draft; of what is only typed what is worth it, a moment later, giving way to the next key. */
function useCalmly(drafts: Drafts, whole: DraftKey, isWorth: (drawn: DraftState, now: DraftState) => boolean): DraftState {
  const [, redraw] = useReducer((turn: number) => turn + 1, 0);
  const state = drafts.state(whole);
  const catchUp = useEffectEvent(() => { if (drafts.state(whole) !== state) redraw(); });
  const calmly = useEffectEvent(() => { if (isWorth(state, drafts.state(whole))) startTransition(redraw); });
  useEffect(() => {
    let [before, timer] = [drafts.state(whole), undefined as ReturnType<typeof setTimeout> | undefined];
    const calm = () => {
      timer = undefined;
      calmly();
    };
    catchUp();
    const unsubscribe = drafts.subscribe(whole, () => {
      const now = drafts.state(whole);
      if (differInWords(before, now)) timer ??= setTimeout(calm, CALM_MS);
      else redraw();
      before = now;
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [drafts, whole]);
  return state;
}

/** Whether words wait in it; null while that is not known. Drawn anew only when that is another. */
export function useHasWords(key: DraftKey): boolean | null {
  const { drafts, whole } = useWhole(key);
  const subscribe = useCallback((listener: () => void) => drafts.subscribe(whole, listener), [drafts, whole]);
  return useSyncExternalStore(subscribe, () => {
    const { status, draft } = drafts.state(whole);
    return status === 'loading' ? null : !isBlank(draft);
  });
}

/** The same key while nothing of it is another; what was written under it is saved when it is left. */
function useWhole({ kind, ticketId, sharedId }: DraftKey): { readonly drafts: Drafts; readonly whole: DraftKey } {
  const { me } = useDesk();
  const drafts = draftsOf(me.id);
  const whole = useMemo((): DraftKey => ({ kind, ticketId, sharedId }), [kind, ticketId, sharedId]);
  useEffect(() => () => void drafts.flush(), [drafts, whole]);
  return { drafts, whole };
}

function handsOn(drafts: Drafts, whole: DraftKey, state: DraftState) {
  return {
    ...state,
    key: whole,
    /** The draft at this moment, for what comes back later than the last drawing. */
    now: () => drafts.state(whole).draft,
    isBlank: isBlank(state.draft),
    change: (part: Partial<Draft>) => drafts.change(whole, { ...drafts.state(whole).draft, ...part }),
    discard: () => drafts.discard(whole),
    restore: (draft: Draft) => drafts.restore(whole, draft),
  };
}

/** Puts words below what stands in the reply to a ticket already, where somebody reads and sends them. */
export function putIntoReply(personId: string, ticketId: string, text: string): void {
  addToReply(personId, ticketId, { html: text.split(/\n{2,}/).map((part) => `<p>${part.split('\n').map(escaped).join('<br>')}</p>`).join(''), attachments: [] });
}

/** A draft, below what stands in one's own reply already. */
export function addToReply(personId: string, ticketId: string, { html, attachments }: Pick<Draft, 'html' | 'attachments'>): void {
  const [drafts, key] = [draftsOf(personId), { kind: 'reply', ticketId } as const];
  const add = () => {
    const { draft, status } = drafts.state(key);
    if (status === 'loading') return false;
    drafts.restore(key, { ...draft, html: `${draft.html}${html}`, attachments: [...draft.attachments, ...attachments] });
    return true;
  };
  if (add()) return;
  const unsubscribe = drafts.subscribe(key, () => {
    if (drafts.state(key).status === 'loading') return;
    unsubscribe();
    add();
  });
}

const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);

async function loadDraft(key: DraftKey): Promise<Draft | null> {
  const found = await api.beside(`/drafts/${pathOf(key)}`, DraftView.nullable());
  if (!found) return null;
  const { html, subject, to, cc, mailboxId } = found.body;
  return { html, attachments: found.attachments, ...(subject !== undefined && { subject }), ...(to && { to }), ...(cc && { cc }), ...(mailboxId && { mailboxId }) };
}

async function saveDraft(key: DraftKey, draft: Draft): Promise<null> {
  const { attachments, ...body } = draft;
  await (isBlank(draft) ? api.delete(`/drafts/${pathOf(key)}`) : api.put(`/drafts/${pathOf(key)}`, { ...body, version: undefined, attachmentIds: attachments.map(({ id }) => id) }));
  return null;
}

const pathOf = ({ kind, ticketId }: DraftKey): string => (ticketId ? `${kind}?ticket=${ticketId}` : kind);
