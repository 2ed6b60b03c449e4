import { useQuery } from '@tanstack/react-query';
import { expectedWait } from '../queries.ts';
import { useRoutingText } from '../text.ts';

/** In one line: how long somebody waits who comes now. */
export function ExpectedWait({ queueId }: { queueId: string }) {
  const t = useRoutingText();
  const { data } = useQuery(expectedWait(queueId));
  if (!data) return null;
  return data.wait ? t('routing.here.expected', { range: data.wait.text }) : t('routing.here.expected_unknown');
}
