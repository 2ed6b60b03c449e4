type Words = { readonly open: string; readonly close: string; readonly title: string; readonly direction: 'ltr' | 'rtl' };

/** So few that a file of their own would cost more. */
const WORDS: Readonly<Record<string, readonly [open: string, close: string, title: string]>> = {
  en: ['Open chat', 'Close chat', 'Chat'],
  bg: ['Отваряне на чата', 'Затваряне на чата', 'Чат'],
  pl: ['Otwórz czat', 'Zamknij czat', 'Czat'],
  ru: ['Открыть чат', 'Закрыть чат', 'Чат'],
  ar: ['فتح المحادثة', 'إغلاق المحادثة', 'محادثة'],
};

export function launcherWords(language: string): Words {
  const [open, close, title] = WORDS[language] ?? WORDS['en']!;
  return { open, close, title, direction: language === 'ar' ? 'rtl' : 'ltr' };
}

const SVG = 'http://www.w3.org/2000/svg';
const BUBBLE = { d: 'M21 12a8.5 8.5 0 0 1-12.4 7.6L3.5 21l1.5-4.8A8.5 8.5 0 1 1 21 12Z', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.8', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };

/** Drawn part by part: pages that ask for trusted types take no markup. */
export function speechBubble(): SVGElement {
  const picture = document.createElementNS(SVG, 'svg') as SVGElement;
  const path = document.createElementNS(SVG, 'path');
  for (const [name, value] of Object.entries({ viewBox: '0 0 24 24', width: '26', height: '26', 'aria-hidden': 'true' })) picture.setAttribute(name, value);
  for (const [name, value] of Object.entries(BUBBLE)) path.setAttribute(name, value);
  picture.append(path);
  return picture;
}

export const LAUNCHER_CSS = `
:host{inset-block-end:var(--offset,20px)!important;inset-inline-end:var(--offset,20px)!important}
:host([data-position=start]){inset-inline:var(--offset,20px) auto!important}
@media print{:host{display:none!important}}
button{position:relative;display:grid;place-items:center;inline-size:56px;block-size:56px;margin:0;padding:0;border:1px solid transparent;border-radius:50%;background:var(--colour,#3b4cca);color:var(--ink,#fff);cursor:pointer;box-shadow:0 2px 12px #0004}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #1a4fd6}
button[data-unread]::after{content:attr(data-unread);position:absolute;inset-block-start:-4px;inset-inline-end:-4px;min-inline-size:20px;padding-inline:4px;box-sizing:border-box;border-radius:10px;background:#b3261e;color:#fff;font:600 12px/20px system-ui,sans-serif}
iframe{position:absolute;inset-block-end:72px;inset-inline-end:0;inline-size:min(400px,calc(100vw - 2*var(--offset,20px)));block-size:min(640px,calc(100dvh - 72px - 2*var(--offset,20px)));border:0;border-radius:14px;box-shadow:0 8px 40px #0005;color-scheme:auto}
:host([data-position=start]) iframe{inset-inline:0 auto}
iframe[hidden]{display:none}
@media(max-width:480px){iframe{position:fixed;inset:0!important;inline-size:100vw;block-size:100dvh;border-radius:0}:host([data-open]) button{display:none}}
@media(prefers-reduced-motion:no-preference){button{transition:scale .12s}button:active{scale:.95}}`;
