import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { SharedDraftView } from '../../core/shared-draft.ts';
import { createDrafts, type Draft, DraftChanged, type DraftKey, isBlank } from './drafts.ts';

const key: DraftKey = { kind: 'reply', ticketId: 't1' };
const words = (text: string): Draft => ({ html: `<p>${text}</p>`, attachments: [] });

function desk(kept: Map<string, string> = new Map()) {
  const onServer = new Map<string, Draft>();
  const server = { isUp: true, saves: [] as string[] };
  const reach = () => {
    if (!server.isUp) throw new Error('unreachable');
  };
  const drafts = createDrafts({
    load: async ({ kind }) => { reach(); return onServer.get(kind) ?? null; },
    save: async ({ kind }, draft) => { reach(); server.saves.push(draft.html); onServer.set(kind, draft); return null; },
    remove: async ({ kind }) => { reach(); onServer.delete(kind); },
    local: { get: (name) => kept.get(name) ?? null, set: (name, value) => void kept.set(name, value), remove: (name) => void kept.delete(name) },
  });
  return { drafts, onServer, server, kept };
}

beforeEach(() => vi.useFakeTimers());
const settle = (ms = 2_000) => vi.advanceTimersByTimeAsync(ms);

describe('what one is writing', () => {
  test('is saved on the server once the hand rests, not at every key', async () => {
    const { drafts, onServer, server } = desk();
    drafts.change(key, words('a'));
    drafts.change(key, words('ab'));
    await settle();
    expect(server.saves).toEqual(['<p>ab</p>']);
    expect(onServer.get('reply')).toEqual(words('ab'));
    expect(drafts.state(key).status).toBe('saved');
  });

  test('is remembered, and that there is none only of the latest tickets and those in sight', async () => {
    const { drafts } = desk();
    const of = (n: number): DraftKey => ({ kind: 'note', ticketId: `t${n}` });
    const stop = drafts.subscribe(of(1), () => undefined);
    drafts.change(of(2), words('begun'));
    for (let n = 0; n < 100; n += 1) {
      drafts.state(of(n));
      await settle(0);
    }
    expect([0, 1, 99].map((n) => drafts.state(of(n)).status)).toEqual(['loading', 'empty', 'empty']);
    expect(drafts.state(of(2)).draft).toEqual(words('begun'));
    stop();
  });

  test('comes back after a reload from the server, and the editor is told to show it', async () => {
    const { drafts, onServer } = desk();
    onServer.set('reply', words('from yesterday'));
    expect(drafts.state(key).status).toBe('loading');
    await settle(0);
    expect(drafts.state(key)).toMatchObject({ draft: words('from yesterday'), status: 'saved', revision: 1 });
  });

  test('is kept in this browser without a server, and saved when it is back', async () => {
    const { drafts, server, onServer, kept } = desk();
    server.isUp = false;
    drafts.change(key, words('on the train'));
    await settle();
    expect(drafts.state(key).status).toBe('kept');

    const afterReload = desk(kept);
    expect(afterReload.drafts.state(key).draft).toEqual(words('on the train'));

    server.isUp = true;
    await drafts.flush();
    expect(onServer.get('reply')).toEqual(words('on the train'));
    expect(kept.size).toBe(0);
  });

  test('that was typed while an answer was on its way is not overwritten by it', async () => {
    const { drafts, onServer } = desk();
    onServer.set('reply', words('old'));
    drafts.state(key);
    drafts.change(key, words('new'));
    await settle();
    expect(drafts.state(key).draft).toEqual(words('new'));
    expect(onServer.get('reply')).toEqual(words('new'));
  });

  test('is gone when it was sent, also when a save was under way', async () => {
    const { drafts, onServer, kept } = desk();
    drafts.change(key, words('sent'));
    void drafts.flush();
    await drafts.discard(key);
    await settle();
    expect(onServer.has('reply')).toBe(false);
    expect(kept.size).toBe(0);
    expect(drafts.state(key)).toMatchObject({ status: 'empty' });
  });

  test('can be put back, and is shown anew', async () => {
    const { drafts, onServer } = desk();
    const { revision } = drafts.state(key);
    drafts.restore(key, words('taken back'));
    expect(drafts.state(key).revision).toBeGreaterThan(revision);
    await settle();
    expect(onServer.get('reply')).toEqual(words('taken back'));
  });
});

test('a draft of empty paragraphs is no draft', () => {
  expect(isBlank({ html: '<p></p><p><br></p><p>&nbsp;</p>', attachments: [] })).toBe(true);
  expect(isBlank(words('x'))).toBe(false);
  expect(isBlank({ html: '', subject: 'Invoice', attachments: [] })).toBe(false);
});

describe('what several are writing', () => {
  const shared: DraftKey = { kind: 'reply', ticketId: 't1', sharedId: 's1' };
  const of = (text: string, version: number): Draft => ({ ...words(text), version });
  const theirs = { id: 's1', version: 2, body: { html: '<p>theirs</p>', attachmentIds: [] } } as unknown as SharedDraftView;

  function desk(save: (draft: Draft) => Promise<number>) {
    const kept = new Map<string, string>();
    const drafts = createDrafts({
      load: async () => of('begun', 1), save: async (_key, draft) => save(draft), remove: async () => undefined,
      local: { get: (name) => kept.get(name) ?? null, set: (name, value) => void kept.set(name, value), remove: (name) => void kept.delete(name) },
    });
    return { drafts, kept };
  }

  test('rests on the version that was saved last, whatever is typed meanwhile', async () => {
    const versions: (number | undefined)[] = [];
    const { drafts } = desk(async ({ version }) => { versions.push(version); return (version ?? 0) + 1; });
    drafts.state(shared);
    await settle(0);
    drafts.change(shared, of('a', 1));
    await settle();
    drafts.change(shared, { ...drafts.state(shared).draft, html: '<p>ab</p>' });
    await settle();
    expect([versions, drafts.state(shared).draft.version, drafts.state(shared).status]).toEqual([[1, 2], 3, 'saved']);
  });

  test('is not saved over what somebody else wrote: it stays in this browser until its writer has decided', async () => {
    const { drafts, kept } = desk(async () => { throw new DraftChanged(theirs); });
    drafts.change(shared, of('mine', 1));
    await settle();
    expect(drafts.state(shared)).toMatchObject({ status: 'conflict', theirs, draft: of('mine', 1) });
    drafts.change(shared, of('mine, longer', 1));
    await settle(60_000);
    expect([drafts.state(shared).status, [...kept.values()].join()]).toEqual(['conflict', expect.stringContaining('mine, longer')]);
  });

  test('follows the others where nobody here has changed it, and only there', async () => {
    const { drafts } = desk(async () => new Promise<number>(() => undefined));
    drafts.state(shared);
    await settle(0);
    drafts.heard(shared, of('grown', 2));
    expect(drafts.state(shared)).toMatchObject({ draft: of('grown', 2), status: 'saved', revision: 2 });
    drafts.change(shared, of('mine', 2));
    drafts.heard(shared, of('grown more', 3));
    expect(drafts.state(shared).draft).toEqual(of('mine', 2));
  });
});
