// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Proactive, WidgetLook } from '../../../features/chat/core/visitor-contract.ts';
import type { Said } from './between.ts';
import { createNudges } from './nudge.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const HELP: Proactive = { id: 'a', isOn: true, text: { en: 'Shall we help?', ar: 'هل نساعدك؟' }, pageContains: [], afterSeconds: 10, attributes: [], everyHours: 24, choices: [{ en: 'Yes, please', ar: 'نعم' }] };

/** A page with the chat's button on it, at the moment at which it was opened; `kept` is what its browser remembers. */
function opened(given: Partial<Proactive> = {}, { kept = new Map<string, string>(), language = 'en' } = {}) {
  const host = document.createElement('div');
  document.body.append(host);
  const root = host.attachShadow({ mode: 'open' });
  const seen = { open: [] as Said[], isQuiet: false, isBusy: false, hadFocus: false, attributes: {} as Record<string, string> };
  // jsdom has no sheets of shadow roots.
  const sheet = { cssRules: [], replaceSync: () => undefined } as unknown as CSSStyleSheet;
  const look = createNudges({
    root, sheet, language, look: { proactive: [{ ...HELP, ...given }] } as WidgetLook, since: Date.now(), attributes: () => seen.attributes, isBusy: () => seen.isBusy,
    kept: (key, value) => { if (value !== undefined) kept.set(key, value); return kept.get(key) ?? null; },
    open: (said) => seen.open.push(said), quiet: () => { seen.isQuiet = true; }, focus: () => { seen.hadFocus = true; },
  });
  const bubble = (): HTMLElement | null => root.querySelector('section');
  return { look, root, seen, kept, bubble, said: () => root.querySelector('[role=status]')?.textContent ?? '', press: (words: string) => [...root.querySelectorAll('button')].find((one) => one.textContent === words)!.click() };
}

test('it is said after its time, once in a day, and opens the chat with the answer that was pressed', () => {
  const page = opened();
  vi.advanceTimersByTime(9_900);
  expect(page.bubble()).toBeNull();
  vi.advanceTimersByTime(200);
  expect(page.said()).toBe('Shall we help?');
  page.press('Yes, please');
  expect(page.seen.open).toEqual([{ id: 'a', text: 'Shall we help?', choice: 'Yes, please' }]);
  expect(page.bubble()).toBeNull();

  const next = opened({}, { kept: page.kept });
  vi.advanceTimersByTime(23 * 3_600_000);
  expect(next.bubble()).toBeNull();
  vi.advanceTimersByTime(3_600_000);
  expect(next.said()).toBe('Shall we help?');
});

test('whoever wants no more of these gets none, on no page', () => {
  const page = opened({}, { language: 'ar' });
  vi.advanceTimersByTime(11_000);
  expect(page.said()).toBe('هل نساعدك؟');
  page.press('لا تعرض مثل هذه الرسائل');
  expect(page.seen.isQuiet).toBe(true);
  const next = opened({ everyHours: 1 }, { kept: page.kept });
  vi.advanceTimersByTime(48 * 3_600_000);
  expect(next.bubble()).toBeNull();
});

test('nobody who talks with us is spoken to besides, and a bubble goes when the chat is opened', () => {
  const page = opened();
  page.seen.isBusy = true;
  vi.advanceTimersByTime(60_000);
  expect(page.bubble()).toBeNull();
  const other = opened();
  vi.advanceTimersByTime(11_000);
  expect(other.bubble()).not.toBeNull();
  other.seen.isBusy = true;
  other.look();
  expect(other.bubble()).toBeNull();
});

test('what becomes known of a visitor counts at once', () => {
  const page = opened({ attributes: [{ key: 'plan', is: 'pro' }] });
  vi.advanceTimersByTime(60_000);
  expect(page.bubble()).toBeNull();
  page.seen.attributes = { plan: 'pro' };
  page.look();
  vi.advanceTimersByTime(0);
  expect(page.said()).toBe('Shall we help?');
});

test('Escape closes it and gives the focus back; it takes none by itself', () => {
  const page = opened();
  vi.advanceTimersByTime(11_000);
  expect([page.bubble() !== null, page.root.activeElement]).toEqual([true, null]);
  const [button] = page.root.querySelectorAll('button');
  button!.focus();
  button!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  expect([page.bubble(), page.seen.hadFocus]).toEqual([null, true]);
});
