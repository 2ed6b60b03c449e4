import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { PushDeviceView } from '../../../../features/notifications/core/contract.ts';
import { api } from '../../../../platform/browser/api.ts';
import { keepAppHere, subscriptionHere } from '../../../../platform/browser/push-here.ts';

/** Whoever works is not slowed down by it. */
const AFTER_MS = 15_000;

/** Keeps the app in this browser, so that it opens without a network, and has this session told of news where the browser has asked for it. */
export function KeptHere() {
  const { history } = useRouter();

  useEffect(() => {
    const timer = setTimeout(() => {
      keepAppHere((path) => history.push(path));
      void bindHere();
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, [history]);

  return null;
}

/** News end with the session in which a browser asked for them: a new one asks again. */
async function bindHere(): Promise<void> {
  const subscription = await subscriptionHere().catch(() => null);
  if (subscription) await api.post('/me/push/devices', subscription, PushDeviceView).catch(() => undefined);
}
