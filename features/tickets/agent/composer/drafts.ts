import type { z } from 'zod';
import type { AttachmentView } from '../../core/contract.ts';
import type { DraftKind } from '../../core/draft.ts';
import type { SharedDraftView } from '../../core/shared-draft.ts';

export type DraftKey = { readonly kind: z.infer<typeof DraftKind>; readonly ticketId: string | null; /** One that others write on as well. */ readonly sharedId?: string | undefined };
export type Attached = z.infer<typeof AttachmentView>;
export type Draft = {
  readonly html: string;
  readonly subject?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly mailboxId?: string;
  readonly attachments: readonly Attached[];
  /** Of a shared one: that on which these words rest. */
  readonly version?: number;
};

export type DraftState = {
  readonly draft: Draft;
  /** `kept`: the server can't be reached; it is safe in this browser and will be saved when the server is back. */
  readonly status: 'loading' | 'empty' | 'unsaved' | 'saving' | 'saved' | 'kept' | /** Somebody else changed the shared one: these words are safe in this browser until it is said what becomes of both. */ 'conflict' | /** It was sent or put away by somebody else. */ 'ended';
  /** In a conflict: what the others see. */
  readonly theirs?: SharedDraftView;
  /** Of one that ended: who did what. */
  readonly end?: { readonly by: string; readonly outcome: string };
  /** Grows when the draft was replaced from outside the editor, which then has to show it anew. */
  readonly revision: number;
};

/** The server that keeps drafts, and this browser that keeps what the server does not have yet. */
export type DraftStores = {
  readonly load: (key: DraftKey) => Promise<Draft | null>;
  /** To its new version, of a shared one. Throws `DraftChanged` and `DraftEnded`. */
  readonly save: (key: DraftKey, draft: Draft) => Promise<number | null>;
  readonly remove: (key: DraftKey) => Promise<void>;
  readonly local: { get(name: string): string | null; set(name: string, value: string): void; remove(name: string): void };
};

export class DraftChanged extends Error {
  readonly theirs: SharedDraftView;
  constructor(theirs: SharedDraftView) {
    super('draft changed meanwhile');
    this.theirs = theirs;
  }
}
export class DraftEnded extends Error {
  readonly end: NonNullable<DraftState['end']>;
  constructor(end: NonNullable<DraftState['end']>) {
    super('draft ended');
    this.end = end;
  }
}

export const EMPTY_DRAFT: Draft = { html: '', attachments: [] };
/** Of so many it is remembered that there is none; who comes back later asks again. */
const MOST_EMPTY = 60;
const SAVE_AFTER_MS = 800;
const TRY_AGAIN_MS = 10_000;

type Open = { key: DraftKey; state: DraftState; timer: ReturnType<typeof setTimeout> | undefined; work: Promise<void>; listeners: Set<() => void> };
export type Drafts = ReturnType<typeof createDrafts>;

/**
 * What one person is writing. Every change is kept in this browser at once and on the server a moment later, in
 * order; a draft is never lost to a reload, a dead network or another ticket being opened.
 */
export function createDrafts({ load, save, remove, local }: DraftStores) {
  const all = new Map<string, Open>();

  const openOf = (key: DraftKey): Open => {
    const name = nameOf(key);
    const known = all.get(name);
    if (known) return known;
    if (all.size > MOST_EMPTY) forgetEmpty();
    const kept = readLocal(local.get(name));
    const opened: Open = {
      key,
      state: { draft: kept ?? EMPTY_DRAFT, status: kept ? 'kept' : 'loading', revision: 0 },
      timer: undefined,
      work: Promise.resolve(),
      listeners: new Set(),
    };
    all.set(name, opened);
    if (kept) saveSoon(opened, 0);
    else void fetchDraft(opened);
    return opened;
  };

  /** Every ticket that is opened asks for two, and most have none. What was discarded here may still be on its way out at the server, and stays. */
  const forgetEmpty = () => {
    for (const [name, { state, listeners }] of all) if (state.status === 'empty' && state.revision === 0 && listeners.size === 0) all.delete(name);
  };

  const become = (opened: Open, change: Partial<DraftState>) => {
    opened.state = { ...opened.state, ...change };
    for (const listener of opened.listeners) listener();
  };

  const fetchDraft = async (opened: Open) => {
    const found = await load(opened.key).catch((error: unknown) => error instanceof DraftEnded ? error : null);
    if (opened.state.status !== 'loading') return;
    if (found instanceof DraftEnded) return become(opened, { status: 'ended', end: found.end });
    return become(opened, found ? { draft: found, status: 'saved', revision: opened.state.revision + 1 } : { status: 'empty' });
  };

  const saveSoon = (opened: Open, afterMs: number) => {
    clearTimeout(opened.timer);
    opened.timer = setTimeout(() => void saveNow(opened), afterMs);
  };

  /** One after the other: an older text must never arrive after a newer one. */
  const saveNow = (opened: Open): Promise<void> => {
    clearTimeout(opened.timer);
    opened.work = opened.work.then(async () => {
      const { draft, status } = opened.state;
      if (status !== 'unsaved' && status !== 'kept') return;
      become(opened, { status: 'saving' });
      try {
        const version = await save(opened.key, draft);
        const isLatest = opened.state.draft === draft && opened.state.status === 'saving';
        if (version !== null && all.get(nameOf(opened.key)) === opened) rest(opened, version);
        if (!isLatest) return;
        local.remove(nameOf(opened.key));
        become(opened, { status: 'saved' });
      } catch (error) {
        if (error instanceof DraftChanged) return become(opened, { status: 'conflict', theirs: error.theirs });
        if (error instanceof DraftEnded) return become(opened, { status: 'ended', end: error.end });
        if (opened.state.status !== 'saving') return;
        become(opened, { status: 'kept' });
        saveSoon(opened, TRY_AGAIN_MS);
      }
    });
    return opened.work;
  };

  /** Words that were typed meanwhile rest on what was just saved. */
  const rest = (opened: Open, version: number) => {
    const draft = { ...opened.state.draft, version };
    become(opened, { draft });
    if (local.get(nameOf(opened.key)) !== null) local.set(nameOf(opened.key), JSON.stringify(draft));
  };

  const change = (key: DraftKey, draft: Draft) => {
    const opened = openOf(key);
    local.set(nameOf(key), JSON.stringify(draft));
    // Until it is said what becomes of both texts, nothing of it can be saved.
    if (isStuck(opened.state)) return become(opened, { draft });
    become(opened, { draft, status: 'unsaved' });
    return saveSoon(opened, SAVE_AFTER_MS);
  };

  /** Replaced from outside the editor. */
  const put = (key: DraftKey, draft: Draft, status: 'saved' | 'unsaved') => {
    const opened = openOf(key);
    become(opened, { draft, status, revision: opened.state.revision + 1 });
    if (status === 'saved') return local.remove(nameOf(key));
    local.set(nameOf(key), JSON.stringify(draft));
    return saveSoon(opened, 0);
  };

  return {
    state: (key: DraftKey): DraftState => openOf(key).state,
    subscribe(key: DraftKey, listener: () => void): () => void {
      const { listeners } = openOf(key);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change,
    /** Puts a text back, e.g. one that was on its way; the editor shows it anew. */
    restore(key: DraftKey, draft: Draft): void {
      change(key, draft);
      const opened = openOf(key);
      become(opened, { revision: opened.state.revision + 1 });
    },
    put,
    /** Saved now, as far as it can be; to the draft as it is then. */
    async settled(key: DraftKey): Promise<Draft> {
      await saveNow(openOf(key));
      return openOf(key).state.draft;
    },
    /** What others see of a shared one, null: it is not among theirs any more. Words that nobody here has changed follow it. */
    heard(key: DraftKey, draft: Draft | null): void {
      const opened = openOf(key);
      const { state } = opened;
      if (draft === null) {
        // Who ended it, the server says.
        void load(key).catch((error: unknown) => error instanceof DraftEnded && become(opened, { status: 'ended', end: error.end }));
        return;
      }
      if ((state.status === 'saved' || state.status === 'empty') && (draft.version ?? 0) > (state.draft.version ?? 0)) put(key, draft, 'saved');
    },
    /** It has gone its way; the server knows. */
    forget(key: DraftKey): void {
      const opened = openOf(key);
      clearTimeout(opened.timer);
      local.remove(nameOf(key));
      become(opened, { draft: EMPTY_DRAFT, status: 'empty' });
      all.delete(nameOf(key));
    },
    /** Saves at once what is not saved yet: before leaving, and when the network is back. */
    async flush(): Promise<void> {
      await Promise.all([...all.values()].map(saveNow));
    },
    discard(key: DraftKey): Promise<void> {
      const opened = openOf(key);
      clearTimeout(opened.timer);
      local.remove(nameOf(key));
      become(opened, { draft: EMPTY_DRAFT, status: 'empty', revision: opened.state.revision + 1 });
      opened.work = opened.work.then(async () => {
        if (opened.state.status === 'empty') await remove(key).catch(() => undefined);
      });
      return opened.work;
    },
  };
}

const nameOf = ({ kind, ticketId, sharedId }: DraftKey): string => (sharedId ? `shared.${sharedId}` : `${kind}.${ticketId ?? 'new'}`);
/** Nothing of it can be saved or sent before its writer has decided. */
export const isStuck = ({ status }: Pick<DraftState, 'status'>): boolean => status === 'conflict' || status === 'ended';

const SAFE: readonly DraftState['status'][] = ['unsaved', 'saving', 'saved', 'kept'];

/** Nothing else is another than the words themselves, and how far they are saved. */
export const differInWords = (a: DraftState, b: DraftState): boolean =>
  a.revision === b.revision && SAFE.includes(a.status) && SAFE.includes(b.status) && isBlank(a.draft) === isBlank(b.draft)
  && OTHERS.every((part) => a.draft[part] === b.draft[part]);
const OTHERS = ['attachments', 'to', 'cc', 'subject', 'mailboxId'] as const;

function readLocal(text: string | null): Draft | null {
  if (text === null) return null;
  try {
    const draft = JSON.parse(text) as Partial<Draft>;
    return typeof draft.html === 'string' && Array.isArray(draft.attachments) ? (draft as Draft) : null;
  } catch {
    return null;
  }
}

export const isBlank = ({ html, attachments, subject = '' }: Draft): boolean =>
  subject.trim() === '' && attachments.length === 0 && !/<img|[^\s]/.test(html.replace(/<(?!img)[^>]*>|&nbsp;/g, ''));
