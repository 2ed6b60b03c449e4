/** Between a notice and what it keeps clear of, in px. */
const GAP = 8;

const feet = new Set<HTMLElement>();
const sizes = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => place());
let region: HTMLElement | null = null;

/** For what stands at the foot of a column and is pressed next, such as an answer and its button: notices keep above it. */
export function foot(node: HTMLElement | null): (() => void) | undefined {
  if (!node) return undefined;
  feet.add(node);
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
  const tops = [...feet].map((one) => one.getBoundingClientRect()).filter(({ height, left, right }) => height > 0 && left < own.right && right > own.left).map(({ top }) => top);
  const clear = tops.length === 0 ? 0 : innerHeight - Math.min(...tops) + GAP;
  region.style.bottom = clear === 0 ? '' : `${Math.max(GAP, Math.min(clear, innerHeight - own.height - GAP))}px`;
}
