import type { ComponentState, Impact, State } from './contract.ts';

export const ENDS: ReadonlySet<State> = new Set(['resolved', 'completed']);

type Timed = { readonly kind: 'incident' | 'maintenance'; readonly state: State; readonly startsAt: Date; readonly endsAt: Date | null; readonly endedAt: Date | null };

/** What an incident's state is at a moment: announced work begins and ends by itself when its time comes. */
export function stateAt({ kind, state, startsAt, endsAt, endedAt }: Timed, now: Date): State {
  if (kind === 'incident' || endedAt !== null) return state;
  if (endsAt !== null && now >= endsAt) return 'completed';
  return now >= startsAt ? 'in_progress' : 'scheduled';
}

/** What a component shows: work that goes on is said even of what still runs. */
export const shownState = (state: ComponentState, isWorkedOn: boolean): ComponentState => (isWorkedOn && state === 'operational' ? 'under_maintenance' : state);

/** What is said of a component that an incident touches until somebody chooses: as bad as it is known to be already. */
export const touchedState = (state: ComponentState | undefined): ComponentState =>
  (state === undefined || state === 'operational' || state === 'under_maintenance' ? 'degraded_performance' : state);

export const INDICATORS = ['none', 'maintenance', 'minor', 'major', 'critical'] as const;
export type Indicator = (typeof INDICATORS)[number];
const OF_COMPONENT: Readonly<Record<ComponentState, Indicator>> = {
  operational: 'none', under_maintenance: 'maintenance', degraded_performance: 'minor', partial_outage: 'major', major_outage: 'critical',
};

/** How it stands on the whole: as bad as the worst of it. */
export const indicatorOf = (components: readonly ComponentState[], impacts: readonly Impact[]): Indicator =>
  [...components.map((state) => OF_COMPONENT[state]), ...impacts].reduce<Indicator>((worst, one) => (INDICATORS.indexOf(one) > INDICATORS.indexOf(worst) ? one : worst), 'none');

/** The states that an update may give, in the order of events. */
export const statesOf = (kind: 'incident' | 'maintenance'): readonly State[] =>
  (kind === 'incident' ? ['investigating', 'identified', 'monitoring', 'resolved'] : ['scheduled', 'in_progress', 'completed']);
