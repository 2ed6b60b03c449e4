/** Nothing waits longer for a picture that does not come. */
const PATIENCE_MS = 50;
const PRESSES = ['keydown', 'pointerdown', 'click'] as const;

let drawing: Promise<void> | null = null;

if (typeof document !== 'undefined') for (const press of PRESSES) addEventListener(press, pressed, { capture: true, passive: true });

/** From now until what came of it is on the screen. */
function pressed(): void {
  if (document.visibilityState === 'hidden') return;
  if (drawing) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  drawing = promise;
  const drawn = () => {
    // The next press may wait for its own by then.
    if (drawing === promise) drawing = null;
    resolve();
  };
  setTimeout(drawn, PATIENCE_MS);
  requestAnimationFrame(() => setTimeout(drawn));
}

/**
 * Resolves once what somebody has just pressed is drawn; null when nobody has. A request takes the browser a millisecond, and a
 * ticket asks for two dozen things: whoever opens one sees its words first.
 */
export const onceDrawn = (): Promise<void> | null => drawing;
