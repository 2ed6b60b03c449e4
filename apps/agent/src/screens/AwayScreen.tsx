import { useParams, useRouter } from '@tanstack/react-router';
import { AwayScreen as Away } from '../../../../features/notifications/agent/away/AwayScreen.tsx';
import { useNotificationText } from '../../../../features/notifications/agent/text.ts';
import { useMe } from './use-desk-parts.tsx';

export function AwayScreen() {
  const t = useNotificationText();
  const router = useRouter();
  const { absenceId = null } = useParams({ strict: false }) as { absenceId?: string };
  const leave = () => router.history.push('/inbox/mine');
  return (
    <>
      <title>{`${t('notifications.away')} · Rapport`}</title>
      <Away absenceId={absenceId} myId={useMe().id} ticketHref={(id) => `/inbox/all/${id}`} onSeen={leave} onBack={() => (router.history.canGoBack() ? router.history.back() : leave())} />
    </>
  );
}
