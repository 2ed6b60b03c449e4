/**
 * Acts once the menu that was chosen from is gone. A closing menu gives the focus back to its button; what asks for
 * the focus before that would lose it again, and the next letters would be taken for shortcuts.
 */
export function afterMenu(act: () => void): void {
  const look = () => {
    if (document.querySelector('[role="menu"]')) requestAnimationFrame(look);
    else requestAnimationFrame(() => requestAnimationFrame(act));
  };
  look();
}

/** Opens a menu by its button. A box that was closed the moment before gives the focus back first: the menu would lose it again, and close. */
export function openMenu(button: HTMLElement | null): void {
  const open = () => button?.click();
  if (document.activeElement === document.body) afterMenu(open);
  else open();
}
