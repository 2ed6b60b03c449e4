import { ArrowLeftRight, CircleCheck, CircleSlash, type LucideIcon, Moon } from 'lucide-react';
import type { Tone } from '../../../../ui/components/Badge.tsx';
import type { PresenceState, PresenceView } from '../../core/contract.ts';
import { type RoutingText, useRoutingText } from '../text.ts';

/** Each has a shape of its own: colour alone tells nobody. */
export const STATE_ICONS: Record<PresenceState, LucideIcon> = { online: CircleCheck, away: Moon, transfers_only: ArrowLeftRight, offline: CircleSlash };
export const STATE_TONES: Record<PresenceState, Tone> = { online: 'accent', away: 'warning', transfers_only: 'neutral', offline: 'neutral' };

export const stateText = (state: PresenceState): RoutingText => `routing.state.${state}`;

/** What somebody is called to be: the workspace's own word where it is what holds, otherwise the state that routing goes by. */
export function useStateName(): (presence: Pick<PresenceView, 'own' | 'state' | 'effective'>) => string {
  const t = useRoutingText();
  return ({ own, state, effective }) => (own && state === effective ? own.name : t(stateText(effective)));
}
