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
