import type { z } from 'zod';
import type { AttachmentView } from '../../core/contract.ts';
import type { DraftKind } from '../../core/draft.ts';

export type DraftKey = { readonly kind: z.infer<typeof DraftKind>; readonly ticketId: string | null };
export type Attached = z.infer<typeof AttachmentView>;
export type Draft = {
  readonly html: string;
  readonly subject?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly mailboxId?: string;
  readonly attachments: readonly Attached[];
};

export type DraftState = {
  readonly draft: Draft;
  /** `kept`: the server can't be reached; it is safe in this browser and will be saved when the server is back. */
  readonly status: 'loading' | 'empty' | 'unsaved' | 'saving' | 'saved' | 'kept';
  /** Grows when the draft was replaced from outside the editor, which then has to show it anew. */
  readonly revision: number;
};

/** The server that keeps drafts, and this browser that keeps what the server does not have yet. */
export type DraftStores = {
  readonly load: (key: DraftKey) => Promise<Draft | null>;
  readonly save: (key: DraftKey, draft: Draft) => Promise<void>;
  readonly remove: (key: DraftKey) => Promise<void>;
  readonly local: { get(name: string): string | null; set(name: string, value: string): void; remove(name: string): void };
};

export const EMPTY_DRAFT: Draft = { html: '', attachments: [] };
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

  const become = (opened: Open, change: Partial<DraftState>) => {
    opened.state = { ...opened.state, ...change };
    for (const listener of opened.listeners) listener();
  };

  const fetchDraft = async (opened: Open) => {
    const found = await load(opened.key).catch(() => null);
    if (opened.state.status !== 'loading') return;
    become(opened, found ? { draft: found, status: 'saved', revision: opened.state.revision + 1 } : { status: 'empty' });
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
        await save(opened.key, draft);
        if (opened.state.draft !== draft || opened.state.status !== 'saving') return;
        local.remove(nameOf(opened.key));
        become(opened, { status: 'saved' });
      } catch {
        if (opened.state.status !== 'saving') return;
        become(opened, { status: 'kept' });
        saveSoon(opened, TRY_AGAIN_MS);
      }
    });
    return opened.work;
  };

  const change = (key: DraftKey, draft: Draft) => {
    const opened = openOf(key);
    local.set(nameOf(key), JSON.stringify(draft));
    become(opened, { draft, status: 'unsaved' });
    saveSoon(opened, SAVE_AFTER_MS);
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

const nameOf = ({ kind, ticketId }: DraftKey): string => `${kind}.${ticketId ?? 'new'}`;

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
