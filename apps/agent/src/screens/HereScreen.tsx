import { HereScreen as Here } from '../../../../features/routing/agent/here/HereScreen.tsx';
import { useAppText } from '../text.ts';
import { useMe } from './use-desk-parts.tsx';

export function HereScreen() {
  const t = useAppText();
  const { id, permissions } = useMe();
  return (
    <>
      <title>{`${t('app.here')} · Rapport`}</title>
      <Here
        meId={id} mayShare={permissions.includes('routing.share')} ticketHref={(ticketId) => `/inbox/active/${ticketId}`}
        settingsHref={permissions.includes('routing.manage') ? '/settings/queues' : null}
      />
    </>
  );
}
