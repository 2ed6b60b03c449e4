/** Puts a figure before the title of whichever screen is shown, until it is taken away again. */
export function countInTitle(count: number): () => void {
  const before = `(${count}) `;
  const show = (): void => { if (document.title !== '' && !document.title.startsWith(before)) document.title = before + document.title; };
  const watch = new MutationObserver(show);
  watch.observe(document.head, { childList: true, characterData: true, subtree: true });
  show();
  return () => {
    watch.disconnect();
    if (document.title.startsWith(before)) document.title = document.title.slice(before.length);
  };
}
