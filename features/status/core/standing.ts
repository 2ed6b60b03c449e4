import { IMPACTS, type ComponentState, type Impact, type IncidentKind, type State } from './contract.ts';

export const ENDS: ReadonlySet<State> = new Set(['resolved', 'completed']);

type Timed = { readonly kind: IncidentKind; readonly state: State; readonly startsAt: Date; readonly endsAt: Date | null; readonly endedAt: Date | null };

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
export const statesOf = (kind: IncidentKind): readonly State[] =>
  (kind === 'incident' ? ['investigating', 'identified', 'monitoring', 'resolved'] : ['scheduled', 'in_progress', 'completed']);

const SOON_MS = 72 * 3_600_000;
const MOST_NOTICES = 5;
type Noticed = { readonly kind: IncidentKind; readonly state: State; readonly impact: Impact; readonly banner: boolean; readonly startsAt: string };

/** What customers are told before they ask: what lasts, and what begins within three days. The worst first, then the newest. */
export const noticed = <T extends Noticed>(open: readonly T[], now: Date): T[] =>
  open.filter(({ banner, state, startsAt }) => banner && !ENDS.has(state) && (state !== 'scheduled' || Date.parse(startsAt) - now.getTime() <= SOON_MS))
    .toSorted((a, b) => weightOf(b) - weightOf(a) || (a.startsAt < b.startsAt ? 1 : -1)).slice(0, MOST_NOTICES);

const weightOf = ({ kind, impact }: Noticed): number => (kind === 'incident' ? 1 + IMPACTS.indexOf(impact) : 0);
