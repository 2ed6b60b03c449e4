import { createAgeing } from './ageing.ts';
import { createAutomatic } from './automatic.ts';
import { createAutomaticDeeds } from './automatic-deeds.ts';
import { createBelonging } from './belonging.ts';
import { createContext, type TicketsDeps } from './context.ts';
import { createCreating } from './creating.ts';
import { createCustomerSide } from './customer-side.ts';
import { createDrafts } from './drafts.ts';
import { createFollowers } from './followers.ts';
import { createFileWords } from './file-words.ts';
import { createHolding } from './holding.ts';
import { createKeptFiles } from './kept-files.ts';
import { createHistory } from './history.ts';
import { createLinking } from './linking.ts';
import { createMatching } from './matching.ts';
import { createMerging } from './merging.ts';
import { createOutside } from './outside.ts';
import { createPeopleList } from './people-list.ts';
import { createPromising } from './promising.ts';
import { createReading } from './reading.ts';
import { createReceiving } from './receiving.ts';
import { createRedacting } from './redacting.ts';
import { createSearching } from './searching.ts';
import { createSending } from './sending.ts';
import { createSharedDrafts } from './shared-drafts.ts';
import { createSharingOut } from './sharing-out.ts';
import { createRelating } from './relating.ts';
import { createShowing } from './showing.ts';
import { createSnoozing } from './snoozing.ts';
import { createSplitting } from './splitting.ts';
import { createTalking } from './talking.ts';
import { createThrowingAway } from './throwing-away.ts';
import { createWriting } from './writing.ts';

export type { Exchange, Eyes } from './customer-side.ts';
export type { SavedList } from './context.ts';
export type { Quest } from './quest-store.ts';
export type { FoundTicket } from './searching.ts';
export type { Gate, Outgoing } from './gate.ts';
export type Tickets = ReturnType<typeof createTickets>;

/** The front door of the tickets room: every other room reaches tickets and their entries through this and nothing else. */
export function createTickets(deps: TicketsDeps) {
  const context = createContext(deps);
  const searching = createSearching(context);
  deps.customers.carries({ table: 'tickets', lockFirst: true });
  const writing = createWriting(context);
  const shared = createSharedDrafts(context);
  const sending = createSending(context, writing, shared);
  return {
    ...createReading(context, searching.seek),
    search: searching.search,
    alsoFinds: searching.alsoFinds,
    ...createBelonging(context),
    ...createCustomerSide(context),
    ...createPeopleList(context),
    ...createMatching(context),
    ...createAgeing(),
    ...createPromising(),
    ...createReceiving(context),
    ...createHistory(context),
    ...createOutside(context, sending),
    ...createHolding(context),
    ...createTalking(context),
    ...createLinking(context),
    ...writing,
    ...sending,
    ...createAutomatic(context, writing),
    ...createAutomaticDeeds(context),
    ...createCreating(context, { ...writing, ...sending }),
    ...createSharingOut(context),
    ...createRelating(context),
    ...createFollowers(context),
    ...createSplitting(context),
    ...createSnoozing(context),
    ...createFileWords(context),
    ...createMerging(context),
    ...createThrowingAway(context),
    ...createRedacting(context),
    ...createDrafts(context),
    ...shared,
    ...createShowing(context),
    ...createKeptFiles(context),
  };
}
