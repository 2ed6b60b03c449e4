import { pagedQuery } from '../../../../platform/browser/paged.ts';
import { DomainPage, RelayPage } from '../../core/sending-contract.ts';

export const SENDING = ['email', 'sending'];

export const domainsQuery = pagedQuery([...SENDING, 'domains'], '/sending-domains', DomainPage, { limit: 20 });
export const relaysQuery = pagedQuery([...SENDING, 'relays'], '/relays', RelayPage, { limit: 20 });
