import { DomainSection } from './DomainSection.tsx';
import { RelaySection } from './RelaySection.tsx';

/** How mail leaves: by which servers, and what tells the world that it is ours. */
export const SendingScreen = () => (
  <>
    <DomainSection />
    <RelaySection />
  </>
);
