import { dueProactive } from '../../../features/chat/core/proactive.ts';
import type { WidgetLook } from '../../../features/chat/core/visitor-contract.ts';
import { isLanguage, type Language, textIn } from '../../../kernel/languages.ts';
import type { Said } from './between.ts';

/** What the loader lends: fetched only where a chat may say something by itself, and not before it may. */
type Host = {
  readonly root: ShadowRoot; readonly sheet: CSSStyleSheet; readonly look: WidgetLook; readonly language: string; /** When the page was opened. */ readonly since: number;
  attributes(): Readonly<Record<string, string | number | boolean>>;
  kept(key: string, value?: string): string | null;
  isBusy(): boolean; open(said: Said): void; quiet(): void; focus(): void;
};
type Texts = readonly [label: string, answer: string, close: string, never: string];

const WORDS: Readonly<Record<Language, Texts>> = {
  en: ['Message from us', 'Answer', 'Close', 'No more of these'],
  bg: ['Съобщение от нас', 'Отговор', 'Затваряне', 'Без такива съобщения'],
  pl: ['Wiadomość od nas', 'Odpowiedz', 'Zamknij', 'Nie pokazuj więcej'],
  ru: ['Сообщение от нас', 'Ответить', 'Закрыть', 'Больше не показывать'],
  ar: ['رسالة منا', 'رد', 'إغلاق', 'لا تعرض مثل هذه الرسائل'],
};

const CSS = `
section{position:absolute;inset-block-end:72px;inset-inline-end:0;box-sizing:border-box;inline-size:max-content;max-inline-size:min(320px,calc(100vw - 2*var(--offset,20px)));padding:14px 16px;border:1px solid #0003;border-radius:14px;background:#fff;color:#1b1b1f;box-shadow:0 4px 24px #0004;font:16px/1.45 system-ui,sans-serif;overflow-wrap:anywhere}
:host([data-position=start]) section{inset-inline:0 auto}
section p{margin:0 0 8px;padding-inline-end:28px;white-space:pre-line}
section button{display:inline-block;inline-size:auto;block-size:auto;min-block-size:44px;margin-block:2px;margin-inline-end:8px;padding:6px 14px;border:1px solid currentColor;border-radius:22px;background:#fff;color:#1a3fb0;box-shadow:none;font:inherit;text-align:start}
section .close{position:absolute;inset-block-start:2px;inset-inline-end:2px;inline-size:44px;margin:0;padding:0;border:0;color:#44444c;text-align:center}
section .never{display:block;margin-block-end:-8px;border:0;padding-inline:0;color:#44444c;font-size:14px;text-decoration:underline}
@media(prefers-color-scheme:dark){section,section button{background:#232329;color:#f0eff4}section button{color:#aebfff}section .close,section .never{color:#c8c6d0}}`;

const make = <K extends keyof HTMLElementTagNameMap>(name: K, more: Partial<HTMLElementTagNameMap[K]>): HTMLElementTagNameMap[K] => Object.assign(document.createElement(name), more);

/** Messages that a chat shows by itself. The function that is given back is told that the page, or what is known of the visitor, is another. */
export function createNudges({ root, sheet, look, language: wanted, since, attributes, kept, isBusy, open, quiet, focus }: Host): () => void {
  const language = isLanguage(wanted) ? wanted : 'en';
  const [label, answer, close, never] = WORDS[language];
  const shownAt = JSON.parse(kept('.shown') ?? '{}') as Record<string, number>;
  let [url, onPageSince] = [location.href, since];
  let bubble: HTMLElement | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  sheet.replaceSync([...sheet.cssRules].map(({ cssText }) => cssText).join('') + CSS);

  const gone = (): void => {
    const hadFocus = bubble?.contains(root.activeElement);
    bubble?.remove();
    bubble = undefined;
    if (hadFocus) focus();
  };

  function show(one: WidgetLook['proactive'][number]): void {
    const text = textIn(one.text, [language])?.text;
    if (text === undefined) return;
    shownAt[one.id] = Date.now();
    kept('.shown', JSON.stringify(shownAt));
    const press = (words: string, act: () => void, className = ''): HTMLButtonElement => {
      const button = make('button', { type: 'button', textContent: words, className });
      button.addEventListener('click', () => { gone(); act(); });
      return button;
    };
    const line = make('p', { dir: 'auto' });
    // Said once to whoever listens, after the place where it is said is there; nobody's focus moves.
    line.role = 'status';
    const own = make('section', { ariaLabel: label });
    const shut = press('×', () => undefined, 'close');
    shut.ariaLabel = close;
    const choices = one.choices.flatMap((choice) => textIn(choice, [language])?.text ?? []);
    own.append(line, ...choices.map((choice) => press(choice, () => open({ id: one.id, text, choice }))), press(answer, () => open({ id: one.id, text })), press(never, () => { kept('.quiet', ''); quiet(); }, 'never'), shut);
    own.addEventListener('keydown', (event) => { if (event.key === 'Escape') gone(); });
    root.prepend(own);
    bubble = own;
    setTimeout(() => { line.textContent = text; });
  }

  function lookNow(): void {
    clearTimeout(again);
    const now = Date.now();
    if (url !== location.href) [url, onPageSince] = [location.href, now];
    if (isBusy()) gone();
    if (bubble) return;
    const { show: one, lookAgainAt } = dueProactive(look.proactive, { url, onPageSince, now, attributes: attributes(), shownAt, isChatting: isBusy(), doNotDisturb: kept('.quiet') !== null });
    // A tab that nobody looks at would say it to nobody.
    if (one && document.hidden) document.addEventListener('visibilitychange', lookNow, { once: true });
    else if (one) show(one);
    else if (lookAgainAt !== null) again = setTimeout(lookNow, Math.min(lookAgainAt - now, 3_600_000));
  }
  lookNow();
  return lookNow;
}
