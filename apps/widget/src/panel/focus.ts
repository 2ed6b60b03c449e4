/** Where whoever uses no mouse goes on: what is asked, else what was said. */
const NEXT = ['.questions :is(input, select, textarea)', '.rating input', '[role=log]'];

/** What had the focus may go away, such as a question that was answered. Whoever hears the page, or only has keys, is not left at its top then. */
export function keepFocus(root: HTMLElement): void {
  let had: EventTarget | null = null;
  root.addEventListener('focusin', ({ target }) => { had = target; });
  // Some browsers say this also of what goes away with the focus; then it must be remembered.
  root.addEventListener('focusout', ({ target }) => queueMicrotask(() => { if (had === target && (target as Node).isConnected) had = null; }));
  new MutationObserver(() => {
    if (had === null || (had as Node).isConnected || document.activeElement !== document.body) return;
    had = null;
    for (const selector of NEXT) {
      const next = root.querySelector<HTMLElement>(selector);
      if (next) return next.focus();
    }
  }).observe(root, { childList: true, subtree: true });
}
