import { useRouter } from '@tanstack/react-router';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { type Keys, useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { useAppText } from '../text.ts';
import { usePlaces } from './use-places.ts';

/** In the order in which they stand at the side; search has `/`. One without a key would not be found by its name. */
const PLACE_KEYS: Readonly<Record<string, Keys>> = {
  '/inbox': { code: 'Digit1' }, '/chats': { code: 'Digit2' }, '/promises': { code: 'Digit3' }, '/outbox': { code: 'Digit4' }, '/today': { code: 'Digit5' },
  '/commitments': { code: 'Digit6' }, '/for-me': { code: 'Digit7' }, '/approvals': { code: 'Digit8' }, '/customers': { code: 'Digit9' }, '/settings': { code: 'Digit0' },
  '/companies': { code: 'Digit1', shift: true }, '/articles': { code: 'Digit2', shift: true }, '/quarantine': { code: 'Digit3', shift: true }, '/here': { code: 'Digit4', shift: true },
};

/** Has the places reached by their keys, from every screen. */
export function PlaceKeys({ me }: { me: MeView }) {
  const t = useAppText();
  const places = [...usePlaces(me), { href: '/settings', label: t('app.settings') }];
  return places.map(({ href, label }) => PLACE_KEYS[href] && <PlaceKey key={href} keys={PLACE_KEYS[href]} href={href} label={label} />);
}

function PlaceKey({ keys, href, label }: { keys: Keys; href: string; label: string }) {
  const t = useAppText();
  const router = useRouter();
  useShortcut({ ...keys, label, group: t('app.places'), leaves: true }, () => router.history.push(href));
  return null;
}
