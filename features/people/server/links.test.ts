import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { PASSWORD, peopleHouse } from '../../../testing/people-house.ts';

const NEXT = 'a quite different sentence';
const invite = { email: 'Nadia@desk.test', name: 'Nadia', role: 'agent' };

test('an invitation lets somebody in once, in their language', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  const team = await house.request('POST', '/teams', { name: 'Repairs' }, { token: owner.token });
  const { id: teamId } = team.body as { id: string };

  const invited = await house.request('POST', '/people', { ...invite, language: 'ar', teamIds: [teamId] }, { token: owner.token });
  expect(invited).toMatchObject({ status: 201, body: { state: 'invited', teamIds: [teamId], invitationLink: null } });
  const mail = await house.mailTo(invite.email);
  expect(mail).toMatchObject({ language: 'ar', subject: 'دعوة من Olga Owner للانضمام إلى Blue Lamp' });
  expect(mail?.text).toMatch(/http:\/\/desk\.test\/invitation\?token=[A-Za-z0-9_-]{43}\n/);
  expect(mail?.html).toContain('قبول الدعوة</a>');

  const token = await house.tokenFrom(invite.email);
  for (let twice = 0; twice < 2; twice += 1) {
    expect(await house.request('POST', '/invitations/check', { token })).toMatchObject({
      status: 200, body: { name: 'Nadia', email: invite.email, workspaceName: 'Blue Lamp', language: 'ar' },
    });
  }
  const accept = { token, name: 'Nadia N.', password: NEXT, language: 'bg' };
  const answers = await Promise.all(Array.from({ length: 5 }, async () => (await house.request('POST', '/invitations', accept)).status));
  expect(answers.toSorted((a, b) => a - b)).toEqual([201, 404, 404, 404, 404]);
  expect(await house.request('POST', '/invitations/check', { token })).toMatchObject({ status: 404, body: { code: 'invitation.not_found' } });

  const signedIn = await house.signIn(invite.email, NEXT);
  expect(await house.request('GET', '/me', undefined, { cookie: signedIn.cookies[0] })).toMatchObject({
    body: { name: 'Nadia N.', language: 'bg', role: 'agent', teamIds: [teamId] },
  });
  expect((await house.events('person.joined')).length).toBe(2);
});

test('inviting again replaces the older link, and a deactivated invitation opens nothing', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  const { body } = await house.request('POST', '/people', invite, { token: owner.token });
  const { id } = body as { id: string };
  const older = await house.tokenFrom(invite.email);

  expect(await house.request('POST', '/people', { ...invite, email: 'NADIA@desk.test' }, { token: owner.token })).toMatchObject({
    status: 409, body: { code: 'person.exists', state: 'invited', personId: id },
  });
  expect(await house.request('POST', `/people/${id}/invitations`, undefined, { token: owner.token })).toMatchObject({ status: 201 });
  const newer = await house.tokenFrom(invite.email);
  expect(newer).not.toBe(older);
  expect(await house.request('POST', '/invitations/check', { token: older })).toMatchObject({ status: 404 });
  expect(await house.request('POST', '/invitations/check', { token: newer })).toMatchObject({ status: 200 });

  await house.request('PUT', `/people/${id}/deactivation`, undefined, { token: owner.token });
  expect(await house.request('POST', '/invitations', { token: newer, name: 'N', password: NEXT })).toMatchObject({ status: 404 });
});

test('links expire, and only what is exactly a link opens anything', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  await house.request('POST', '/people', invite, { token: owner.token });
  const token = await house.tokenFrom(invite.email);

  for (const wrong of ['', [token], null, 0, {}, `${token} `, token.slice(1), token.toLowerCase()]) {
    for (const [path, more] of [['/invitations', { name: 'N', password: NEXT }], ['/password-resets/use', { password: NEXT }], ['/invitations/check', {}]] as const) {
      const { status } = await house.request('POST', path, { token: wrong, ...more });
      expect([400, 404], `${path} ${JSON.stringify(wrong)}`).toContain(status);
    }
  }
  expect(await house.request('POST', '/password-resets/use', { token, password: NEXT }), 'made for something else').toMatchObject({ status: 404 });

  await sql`update one_time_links set expires_at = now() - interval '1 second'`.execute(house.db.owner);
  expect(await house.request('POST', '/invitations', { token, name: 'N', password: NEXT })).toMatchObject({ status: 404 });
});

test.each([['there is no relay', { relay: false }], ['the relay does not answer', { relayAnswers: false }]])('when %s whoever invites gets the link to hand over', async (_when, options) => {
  const house = await peopleHouse(options);
  const { owner } = await house.workspace();
  const { body } = await house.request('POST', '/people', invite, { token: owner.token, headers: { 'idempotency-key': 'once' } });
  const { invitationLink } = body as { invitationLink: string };
  expect(invitationLink).toBe(`http://desk.test/invitation?token=${await house.tokenFrom(invite.email)}`);
  expect(await house.db.owner.selectFrom('idempotency_keys').select('key').execute(), 'no secret is kept for repetitions').toEqual([]);
});

test('a reset answers the same for everybody, and its link is ours whatever the request says', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  const headers = { host: 'evil.test', 'x-forwarded-host': 'evil.test', forwarded: 'host=evil.test' };
  const answers = [
    await house.request('POST', '/password-resets', { email: owner.email.toUpperCase() }, { headers }),
    await house.request('POST', '/password-resets', { email: 'nobody@desk.test' }, { headers }),
    await house.request('POST', '/password-resets', { email: 'not an address' }, { headers }),
  ];
  expect(answers.map(({ status, body }) => ({ status, body }))).toEqual(Array.from(answers, () => ({ status: 202, body: null })));

  const mail = await house.mailTo(owner.email);
  expect(mail?.text).toMatch(/http:\/\/desk\.test\/reset\?token=/);
  expect(`${mail?.text ?? ''}${mail?.html ?? ''}`).not.toContain('evil');
  expect(await house.db.owner.selectFrom('outbox').select('purpose').execute()).toEqual([{ purpose: 'reset' }]);
});

test('a reset is used once, ends every session and lifts the limit that guesses had filled', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  for (let n = 0; n < 11; n += 1) await house.signIn(owner.email, `guess number ${n}`);
  await house.request('POST', '/password-resets', { email: owner.email });
  const token = await house.tokenFrom(owner.email);

  expect(await house.request('POST', '/password-resets/use', { token, password: 'aaaaaaaaaaaaaa' })).toMatchObject({ status: 400, body: { code: 'password.too_easy' } });
  const answers = await Promise.all(Array.from({ length: 4 }, async () => (await house.request('POST', '/password-resets/use', { token, password: NEXT })).status));
  expect(answers.toSorted((a, b) => a - b)).toEqual([204, 404, 404, 404]);

  expect(await house.request('GET', '/me', undefined, { token: owner.token })).toMatchObject({ status: 401 });
  expect(await house.signIn(owner.email)).toMatchObject({ status: 401 });
  expect(await house.signIn(owner.email, NEXT)).toMatchObject({ status: 201 });
  expect((await house.mailTo(owner.email))?.subject).toBe('Your password for Blue Lamp was changed');
});

test('whoever is invited or deactivated gets no reset, and nobody can be flooded with them', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  await house.request('POST', '/people', invite, { token: owner.token });
  const left = await house.person(workspaceId, 'agent', { password: PASSWORD });
  await house.request('PUT', `/people/${left.id}/deactivation`, undefined, { token: owner.token });

  const asked = [];
  for (const email of [invite.email, left.email, ...Array<string>(5).fill(owner.email)]) {
    asked.push((await house.request('POST', '/password-resets', { email })).status);
  }
  expect(asked).toEqual([202, 202, 202, 202, 202, 429, 429]);
  await house.people.settled();
  const resets = await house.db.owner.selectFrom('outbox').select('envelope_to').where('purpose', '=', 'reset').execute();
  expect(resets).toEqual(Array.from({ length: 3 }, () => ({ envelope_to: [owner.email] })));
});

test('a changed password ends the other sessions and needs the current one', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  const here = (await house.signIn(owner.email)).body as { token: string };
  const change = (current: unknown, next: unknown = NEXT) => house.request('PUT', '/me/password', { current, next }, { token: here.token, headers: { 'idempotency-key': 'k' } });

  expect(await change('wrong')).toMatchObject({ status: 400, body: { code: 'password.wrong' } });
  expect(await change([PASSWORD])).toMatchObject({ status: 400 });
  expect(await change(PASSWORD, 'short')).toMatchObject({ status: 400 });
  expect(await change(PASSWORD)).toMatchObject({ status: 204 });
  expect(await house.request('GET', '/me', undefined, { token: here.token })).toMatchObject({ status: 200 });
  expect(await house.request('GET', '/me', undefined, { token: owner.token })).toMatchObject({ status: 401 });

  const guesses = [];
  for (let n = 0; n < 11; n += 1) guesses.push((await change(`guess ${n}`)).status);
  expect(guesses.at(-1)).toBe(429);
});
