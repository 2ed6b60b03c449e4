import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { PresenceView } from '../../core/contract.ts';
import { useBack } from '../absence/use-away.ts';
import { myPresence, refresh } from '../queries.ts';
import { useRoutingText } from '../text.ts';
import { useActivity } from './activity.ts';
import { stateText, useStateName } from './states.ts';
import { putOf, usePresenceChange } from './use-presence.ts';

/** Over everything, while one counts as somebody other than one chose to be. Says also that somebody sits here. */
export function PresenceNotice() {
  const cache = useQueryClient();
  const { data: presence } = useQuery(myPresence);
  useActivity({ isIdle: presence?.because === 'idle', onBack: () => void refresh(cache, 'presence') });
  useReturn(presence);
  if (!presence || !isSetBack(presence)) return null;
  return <BackNote presence={presence} shape="edge" />;
}

/** A line that was cut for a moment is told by the mark for it. */
const isSetBack = ({ because }: PresenceView): boolean => because !== null && because !== 'connection_lost';

/** Hands on the keyboard bring one back without a word; then it is said that one was away. */
function useReturn(presence: PresenceView | undefined): void {
  const t = useRoutingText();
  const nameOf = useStateName();
  const before = useRef<PresenceView>(undefined);
  useEffect(() => {
    const was = before.current;
    before.current = presence;
    if (presence && was?.because === 'idle' && presence.because === null) {
      toast({ text: t('routing.back.returned', { was: t(stateText(was.effective)), now: nameOf(presence) }) });
    }
  }, [presence, t, nameOf]);
}

/** What the server made of one, why, since when, and the way back. */
export function BackNote({ presence, shape = 'box' }: { presence: PresenceView; shape?: 'box' | 'edge' }) {
  const t = useRoutingText();
  const format = useFormat();
  if (presence.because === null || (shape === 'box' && presence.because === 'connection_lost')) return null;
  const until = presence.absence?.to ? format.dateTime(presence.absence.to) : 'none';
  return (
    <Banner
      tone={presence.because === 'absent' ? 'info' : 'warning'}
      shape={shape}
      action={<WayBack presence={presence} />}
    >
      {t(`routing.because.${presence.because}`, { state: t(stateText(presence.effective)), until })}
    </Banner>
  );
}

function WayBack({ presence }: { presence: PresenceView }) {
  const t = useRoutingText();
  const { change, isPending } = usePresenceChange();
  const back = useBack();
  const { absence } = presence;
  if (absence && presence.because === 'absent') return <Button size="small" isPending={back.isPending} onPress={() => back.end(absence.id)}>{t('routing.absence.back')}</Button>;
  return isSetBack(presence) && <Button size="small" isPending={isPending} onPress={() => change(putOf(presence))}>{t('routing.back')}</Button>;
}
