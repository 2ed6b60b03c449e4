import { useState } from 'react';
import { returnFrom, SignInEnded } from '../settings/oauth/SignInEnded.tsx';
import { DomainSection } from './DomainSection.tsx';
import { RelaySection } from './RelaySection.tsx';

/** How mail leaves: by which servers, and what tells the world that it is ours. */
export function SendingScreen() {
  const [returned] = useState(() => returnFrom(window.location.search));
  return (
    <>
      {returned && <SignInEnded end={returned.end} />}
      <DomainSection />
      <RelaySection signedInFor={returned?.end === 'done' ? returned.mailboxId : null} />
    </>
  );
}
