import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useStateName } from '../presence/states.ts';
import { loads } from '../queries.ts';
import { useRoutingText } from '../text.ts';

/** Beside a name that work is given to: whether they are here, and how full their hands are. */
export function LoadHint({ personId }: { personId: string }) {
  const t = useRoutingText();
  const format = useFormat();
  const nameOf = useStateName();
  const { data } = useQuery(loads);
  const presence = data?.get(personId);
  if (!presence) return null;
  const { used, total } = presence.load;
  return t('routing.load.hint', { state: nameOf(presence), used: format.number(used), total: format.number(total) });
}
