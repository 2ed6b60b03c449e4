import { expect, test } from 'vitest';
import { mailDesk } from '../../../testing/mail-desk.ts';

const ANA = { name: 'Ana Petrova', address: 'ana@example.org' };
const QUESTIONS = 'Hello Ana,\n\nwhich colour of kettle would you like to have, the red or the blue?\n\nAnd where shall we send the old one for repair this time?';
const OUTLOOK = 'From: Support <support@shop.test>\nSent: Tuesday, March 3, 2026 10:12 AM\nTo: Ana Petrova\nSubject: Kettle\n';

/** A ticket of Ana's that we have answered; `answer` is what her mail program sends back. */
async function answered() {
  const d = await mailDesk();
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Kettle', text: 'My kettle has been leaking since last Monday, what shall I do?', messageId: '<first@example.org>' });
  const [ticket] = await d.tickets();
  await d.answer(ticket!.id, QUESTIONS);
  const { mail } = d.sink.received[0]!;
  return async (body: { text: string } | { html: string }): Promise<{ text: string; quoted: string }> => {
    await d.send({ from: ANA, to: 'support@shop.test', subject: 'Re: Kettle', inReplyTo: mail.messageId!, references: [mail.messageId!], ...body });
    return (await d.entries(ticket!.id)).at(-1);
  };
}

test('answers between lines of ours that no mail program marked are shown with their questions', async () => {
  const answer = await answered();
  const text = `See below.\n\n${OUTLOOK}\n${QUESTIONS.replace('\n\nAnd', '\n\nThe blue one.\n\nAnd')}\n\nTo my office, please.`;
  expect(await answer({ text })).toMatchObject({ text, quoted: '' });
});

test('what we sent, and what was said before it, is folded away below the answer', async () => {
  const answer = await answered();
  const quoted = `${OUTLOOK}\n${QUESTIONS}\n\nFrom: Ana Petrova\nSent: Monday\nTo: Support\nSubject: Kettle\n\nMy kettle has been leaking since last Monday, what shall I do?`;
  expect(await answer({ text: `The blue one.\n\n${quoted}` })).toMatchObject({ text: 'The blue one.', quoted });
});

test('HTML alone is read for what was written and what was quoted', async () => {
  const answer = await answered();
  const questions = QUESTIONS.split('\n\n').map((line) => `<p>${line}</p>`).join('');
  const html = `<div>The blue one.</div><div id="Signature"><p>Ana Petrova</p></div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Support</div>${questions}`;
  expect(await answer({ html })).toMatchObject({ text: 'The blue one.' });
});
