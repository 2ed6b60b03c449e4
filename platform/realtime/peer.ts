import type { ServerFrame } from './frames.ts';
import type { Line } from './line.ts';
import type { SocketPerson } from './tickets.ts';

/** A tab of somebody whose ticket was good. */
export type Seat = {
  readonly person: SocketPerson;
  /** Live events up to here have been sent, or concern nobody here; null while it catches up. */
  position: number | null;
  /** How often they said which ticket they look at. */
  watches: number;
};
export type Peer = Line<Seat, ServerFrame>;
