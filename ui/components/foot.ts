/** Between a notice and what it keeps clear of, in px. */
const GAP = 8;

type IsInTheWay = (box: DOMRect) => boolean;

const feet = new Map<HTMLElement, IsInTheWay>();
const sizes = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => place());
let region: HTMLElement | null = null;

/** For what stands at the foot of a column and is pressed next, such as an answer and its button: notices keep above it. */
export const foot = (node: HTMLElement | null): (() => void) | undefined => stand(node, () => true);

/** For what rises from below where it is narrow, and stands in the middle where there is room. */
export const rising = (node: HTMLElement | null): (() => void) | undefined => stand(node, ({ bottom }) => bottom >= innerHeight - 1);

function stand(node: HTMLElement | null, isInTheWay: IsInTheWay): (() => void) | undefined {
  if (!node) return undefined;
  feet.set(node, isInTheWay);
  sizes?.observe(node);
  place();
  return () => {
    feet.delete(node);
    sizes?.unobserve(node);
    place();
  };
}

/** For a notice: the region around it is put where it covers none of them. */
export function aboveFeet(node: HTMLElement | null): (() => void) | undefined {
  region = node?.closest<HTMLElement>('[data-notices]') ?? region;
  if (!node) return undefined;
  sizes?.observe(node);
  addEventListener('resize', place);
  place();
  return () => {
    sizes?.unobserve(node);
    if (!document.querySelector('[data-notices]')) removeEventListener('resize', place);
  };
}

/** As low as it may be. What reaches to the top leaves it no room; then it stands there, where it is seen at least. */
function place(): void {
  if (!region?.isConnected) return;
  const own = region.getBoundingClientRect();
  const boxes = [...feet].map(([node, isInTheWay]) => ({ box: node.getBoundingClientRect(), isInTheWay }));
  const tops = boxes.filter(({ box, isInTheWay }) => box.height > 0 && box.left < own.right && box.right > own.left && isInTheWay(box)).map(({ box }) => box.top);
  const clear = tops.length === 0 ? 0 : innerHeight - Math.min(...tops) + GAP;
  region.style.bottom = clear === 0 ? '' : `${Math.max(GAP, Math.min(clear, innerHeight - own.height - GAP))}px`;
}
