/** One tab after the other, where the browser lets a frame of another site ask for that; else at once. */
export async function inTurn<T>(name: string, act: () => Promise<T>): Promise<T> {
  if (typeof navigator === 'undefined' || !('locks' in navigator)) return act();
  let isOurTurn = false;
  try {
    return await navigator.locks.request(name, () => { isOurTurn = true; return act(); });
  } catch (error) {
    if (isOurTurn) throw error;
    return act();
  }
}
