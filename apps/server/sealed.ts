import { CHAT_SECRETS } from '../../features/chat/server/sealed.ts';
import { EMAIL_SECRETS } from '../../features/email/server/sealed.ts';
import { NOTIFICATION_SECRETS } from '../../features/notifications/server/sealed.ts';
import { PEOPLE_SECRETS } from '../../features/people/server/sealed.ts';
import { WEBHOOK_SECRETS } from '../../features/webhooks/server/sealed.ts';
import { DKIM_KEY } from '../../platform/mail/dkim-store.ts';
import { RELAY_PASSWORD } from '../../platform/mail/relay-store.ts';

/** Everything that is kept sealed, in whatever room. */
export const SEALED = [...PEOPLE_SECRETS, RELAY_PASSWORD, DKIM_KEY, ...EMAIL_SECRETS, ...WEBHOOK_SECRETS, ...CHAT_SECRETS, ...NOTIFICATION_SECRETS] as const;
