import { lazy, Suspense } from 'react';
import { useActions } from '../../../../platform/browser/shortcuts.ts';
import { useRoutingText } from '../text.ts';
import { askAwayNow, useLeaving } from './away-now.ts';
import { useAway } from './use-away.ts';

const AwayNowDialog = lazy(async () => ({ default: (await import('./AwayNowDialog.tsx')).AwayNowDialog }));

/** Away from now on, and back again, by name wherever one is; and the dialog of whoever says so. */
export function AwayNow({ me }: { me: { readonly id: string; readonly name: string } }) {
  const t = useRoutingText();
  const { entry } = useAway(me);
  const leaving = useLeaving();
  useActions(entry ? [{ id: entry.id, label: entry.label, group: t('routing.absences'), also: t('routing.away_now.also'), run: entry.onAction }] : []);
  return leaving && <Suspense><AwayNowDialog key={leaving.person.id} leaving={leaving} onClose={() => askAwayNow(null)} /></Suspense>;
}
