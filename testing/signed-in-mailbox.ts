import { DOVECOT_USER } from './dovecot.ts';
import { REGISTRATION, signInService } from './sign-in-service.ts';
import { testApp, type Member } from './test-app.ts';

/** A desk whose workspace is registered at a provider, and the provider. */
export async function deskWithProvider() {
  let time = () => new Date();
  const provider = await signInService({ redirectUri: 'http://desk.test/api/v1/email/oauth/callback', now: () => time() });
  const app = await testApp({ settings: { privateHosts: ['127.0.0.1'], signInServices: [provider.origin] } });
  time = app.machineNow;
  const mailboxId = (await app.owner.request('GET', '/mailboxes')).body.items[0].id as string;
  const registration = { ...REGISTRATION, ...provider.places, mailHost: '127.0.0.1' };
  const begin = async (who: Member = app.owner): Promise<string> => (await who.request('POST', `/mailboxes/${mailboxId}/sign-ins`, { provider: 'other', user: DOVECOT_USER.user })).body.url;
  /** Follows the browser back; resolves to what the settings page is told. */
  const comeBack = async (to: URL, who: Member | null = app.owner): Promise<string | null> => {
    const { headers, status } = await (who ? who.request : app.request)('GET', `${to.pathname}${to.search}`);
    if (status !== 302) return `status ${status}`;
    return new URL(String(headers.location)).searchParams.get('sign_in');
  };
  return {
    ...app, provider, mailboxId, registration, begin, comeBack,
    register: () => app.owner.request('PUT', '/email/oauth/clients/other', registration),
    signIn: async () => comeBack(await provider.agree(await begin())),
    source: (port: number) => ({ host: '127.0.0.1', port, security: 'none', user: DOVECOT_USER.user, auth: 'other', takeExisting: true }),
    fetch: async () => {
      const trouble = await app.email.sources.fetchOnce(app.owner.workspaceId, mailboxId);
      await app.email.settled();
      return trouble?.code ?? null;
    },
    mailbox: async () => (await app.owner.request('GET', '/mailboxes')).body.items[0],
  };
}
