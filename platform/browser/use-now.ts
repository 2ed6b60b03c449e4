import { useEffect, useState } from 'react';
import { serverNow } from './server-clock.ts';

/** The server's current time, renewed every `everyMs`, for anything on screen that counts down or grows old. */
export function useNow(everyMs: number, clock: () => Date = serverNow): Date {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, clock]);
  return now;
}
