import { createContext, type ReactNode, type Ref, useContext, useDeferredValue, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

const Sketch = createContext(false);
const waiting = new Set<() => void>();
if (typeof document !== 'undefined') addEventListener('keydown', ({ key }) => { if (key === 'Tab') drawAll(); }, { capture: true, passive: true });

/** Whether what stands here is drawn only, and takes part a moment later. */
export const useIsSketch = (): boolean => useContext(Sketch);

/**
 * Its buttons are drawn as they look first, and become what they are once the picture stands: whoever opens something reads it
 * before pressing anything. They keep their places, and whoever presses one before, or goes on to it by Tab, finds it whole.
 */
export function Sketched({ children }: { children: ReactNode }) {
  const [isAsked, setAsked] = useState(false);
  const isWhole = useDeferredValue(true, false) || isAsked;
  useEffect(() => {
    if (isWhole) return undefined;
    const ask = () => setAsked(true);
    waiting.add(ask);
    return () => { waiting.delete(ask); };
  }, [isWhole]);
  return <Sketch value={!isWhole}>{children}</Sketch>;
}

type DrawnButtonProps = { 'aria-label'?: string | undefined; className: string; isDisabled?: boolean | undefined; ref?: Ref<HTMLButtonElement> | undefined; children: ReactNode };

/** How a button looks. A press on it is one on what it becomes. */
export const DrawnButton = ({ isDisabled = false, ref, ...props }: DrawnButtonProps) => (
  <button type="button" ref={ref} disabled={isDisabled} {...props} onClick={({ currentTarget }) => pressWhole(currentTarget)} />
);

/** It stands in the same place. */
function pressWhole(drawn: HTMLButtonElement): void {
  const { parentElement: parent } = drawn;
  const place = [...parent?.children ?? []].indexOf(drawn);
  drawAll();
  const whole = parent?.children[place];
  if (whole !== drawn && whole instanceof HTMLButtonElement) whole.click();
}

function drawAll(): void {
  if (waiting.size > 0) flushSync(() => { for (const ask of waiting) ask(); });
}
