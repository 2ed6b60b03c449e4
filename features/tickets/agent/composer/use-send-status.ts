import { useState } from 'react';
import { storage } from '../../../../platform/browser/storage.ts';
import type { SendStatus } from './sending.ts';

const KEY = 'send-as';
const STATUSES: readonly string[] = ['open', 'waiting_customer', 'waiting_third_party', 'resolved'] satisfies SendStatus[];
const isSendStatus = (value: string | null): value is SendStatus => value !== null && STATUSES.includes(value);

/** What one usually does after a reply stays chosen. */
export function useSendStatus(): [SendStatus, (status: SendStatus) => void] {
  const [status, setStatus] = useState<SendStatus>(() => {
    const kept = storage.get(KEY);
    return isSendStatus(kept) ? kept : 'waiting_customer';
  });
  return [status, (next) => {
    storage.set(KEY, next);
    setStatus(next);
  }];
}
