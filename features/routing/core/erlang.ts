/** Work that comes in by itself: contacts an hour, and how long one takes, what is done after it included. */
export type Traffic = { readonly perHour: number; readonly handleSeconds: number };

/** What so many people make of it. Shares from 0 to 1. */
export type Service = {
  /** Work that comes in while one of it is done: so many would be busy all the time (Erlangs). */
  readonly load: number;
  /** Of their time, spent with customers. */
  readonly occupancy: number;
  /** Of those who come: who does not get somebody at once. */
  readonly waiting: number;
  /** Mean of all who come; of patience that ends, until they have somebody or give up. */
  readonly waitSeconds: number;
  readonly abandoned: number;
};

const HOUR_SECONDS = 3_600;
/** States that are rarer than this against the one in the middle change no figure. */
const NEGLIGIBLE = 1e-15;

export const loadOf = ({ perHour, handleSeconds }: Traffic): number => (perHour * handleSeconds) / HOUR_SECONDS;

/** The share that waits when nobody gives up: Erlang's second formula, by way of his first (Jagerman's recursion, which overflows nowhere). */
function waitingShare(load: number, people: number): number {
  let blocked = 1;
  for (let n = 1; n <= people; n += 1) blocked = (load * blocked) / (n + load * blocked);
  const occupancy = load / people;
  return blocked / (1 - occupancy * (1 - blocked));
}

/** M/M/n, Erlang C: everybody waits until it is their turn. Null: more comes in than people can do, and the queue grows for ever. */
export function patient(traffic: Traffic, people: number): Service | null {
  const load = loadOf(traffic);
  if (load >= people) return null;
  const waiting = waitingShare(load, people);
  return { load, occupancy: load / people, waiting, waitSeconds: (waiting * traffic.handleSeconds) / (people - load), abandoned: 0 };
}

/** The share that has somebody within so long, when nobody gives up. */
export function within(traffic: Traffic, people: number, seconds: number): number {
  const service = patient(traffic, people);
  return service ? 1 - service.waiting * Math.exp((-(people - service.load) * seconds) / traffic.handleSeconds) : 0;
}

/**
 * M/M/n+M, Erlang A (Palm; Garnett, Mandelbaum and Reiman 2002): who waits gives up after `patienceSeconds` in the mean. The states are weighed against
 * the one in which the last person has just become busy, so that nothing overflows.
 */
export function impatient(traffic: Traffic, people: number, patienceSeconds: number): Service {
  const load = loadOf(traffic);
  const leavingPerDone = traffic.handleSeconds / patienceSeconds;
  let [below, busy] = [0, 0];
  for (let n = people, weight = 1; n > 0 && weight > NEGLIGIBLE; n -= 1) {
    weight *= n / load;
    below += weight;
    busy += weight * (n - 1);
  }
  let [above, queued] = [1, 0];
  for (let q = 1, weight = 1; weight > NEGLIGIBLE * above; q += 1) {
    weight *= load / (people + q * leavingPerDone);
    above += weight;
    queued += weight * q;
  }
  const all = below + above;
  const waitSeconds = (queued / all / traffic.perHour) * HOUR_SECONDS;
  return { load, occupancy: (busy + above * people) / all / people, waiting: above / all, waitSeconds, abandoned: waitSeconds / patienceSeconds };
}

/** How many are needed at once so that `share` of those who come have somebody within `seconds`. */
export function peopleFor(traffic: Traffic, { share, seconds }: { share: number; seconds: number }): number {
  let people = Math.floor(loadOf(traffic)) + 1;
  while (within(traffic, people, seconds) < share) people += 1;
  return people;
}

/** How many must be on the roster so that so many are there: `shrinkage` is the share of paid time that goes for leave, illness, breaks and training. */
export const rostered = (people: number, shrinkage: number): number => people / (1 - shrinkage);

/** What became of those who came. `…Within`: before the time was up that they should have somebody in. */
export type Outcomes = { readonly answered: number; readonly answeredWithin: number; readonly abandoned: number; readonly abandonedWithin: number };

/** Four figures go by the name of service level; whoever shows one says which. */
export const serviceLevels = ({ answered, answeredWithin, abandoned, abandonedWithin }: Outcomes) => ({
  ofAnswered: answeredWithin / answered,
  /** Who gave up in time counts as served. */
  ofOffered: (answeredWithin + abandonedWithin) / (answered + abandoned),
  /** Who gave up in time counts as nobody. */
  withoutShort: answeredWithin / (answered + abandoned - abandonedWithin),
  abandonedFailed: answeredWithin / (answered + abandoned),
});
