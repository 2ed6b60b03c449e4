import type { Browser } from 'playwright-core';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { directionOf, type Language } from '../kernel/languages.ts';
import { sharedBrowser } from '../testing/browser.ts';
import { directionDrawn, hasFocus, letterOf, openTab, wordsOf } from './browsing.ts';
import { MAILBOX, openHouse } from './house.ts';

let browser: Browser;
beforeAll(async () => { browser = await sharedBrowser(); });

type Story = { language: Language; shop: string; agent: string; customer: string; subject: string; question: string; answer: string; thanks: string };

const STORIES: readonly Story[] = [
  {
    language: 'en', shop: 'Kettle & Cup', agent: 'Ivan Petrov', customer: 'Maria Petrova', subject: 'The kettle arrived broken',
    question: 'Hello,\n\nthe kettle that I ordered last week arrived with a broken lid. What shall I do now?\n\nMaria',
    answer: 'We are sorry about the lid. A new one leaves tomorrow morning.', thanks: 'Thank you, that is very kind of you all.',
  },
  {
    language: 'ar', shop: 'إبريق وفنجان', agent: 'سامي حداد', customer: 'ليلى منصور', subject: 'الغلاية وصلت مكسورة',
    question: 'مرحبا،\n\nوصلت الغلاية التي طلبتها الأسبوع الماضي وغطاؤها مكسور. ماذا علي أن أفعل الآن؟\n\nليلى',
    answer: 'نأسف لما حدث للغطاء. سنرسل غطاء جديدا صباح الغد.', thanks: 'شكرا جزيلا لكم على هذا الرد السريع.',
  },
];

test.each(STORIES)('a mail becomes a ticket, is answered by keyboard, and the answer is in the thread ($language)', async (story) => {
  const { language } = story;
  const t = wordsOf(language);
  const house = await openHouse();
  onTestFinished(() => house.close());
  const link = await house.setupLink();
  const { page, trouble } = await openTab(browser, house, { language, path: link! });

  await page.getByLabel(t('workspace.name'), { exact: true }).fill(story.shop);
  await page.getByLabel(t('workspace.setup.your_name'), { exact: true }).fill(story.agent);
  await page.getByLabel(t('workspace.setup.your_email'), { exact: true }).fill('agent@shop.test');
  await page.getByLabel(t('workspace.setup.password'), { exact: true }).fill('correct horse battery staple');
  await page.getByRole('button', { name: t('workspace.setup.verb') }).click();
  await page.getByRole('navigation', { name: t('tickets.views') }).getByRole('link', { name: t('tickets.view.unassigned') }).click();
  await page.getByText(t('tickets.empty.unassigned')).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe(language);
  expect(await page.locator('html').getAttribute('dir')).toBe(directionOf(language));
  await page.evaluate('window.isTheSamePage = true');

  const asked = await house.mail({ from: { name: story.customer, address: 'maria@example.org' }, subject: story.subject, text: story.question });
  const row = page.getByRole('option').filter({ hasText: story.subject });
  await row.waitFor();
  expect(await row.textContent()).toContain(story.customer);

  await page.keyboard.press('j');
  await page.getByRole('heading', { level: 1, name: story.subject }).waitFor();
  const talk = page.getByRole('log');
  const question = talk.getByRole('article').filter({ hasText: story.customer }).locator('.written').first();
  await question.waitFor();
  expect((await question.innerText()).trim()).toBe(story.question);
  expect(await directionDrawn(question)).toBe(directionOf(language));

  await page.keyboard.press('r');
  const letter = letterOf(page, t('tickets.write.reply'));
  await letter.waitFor();
  await expect.poll(() => hasFocus(letter), { timeout: 10_000 }).toBe(true);
  await page.keyboard.type(story.answer);
  await page.keyboard.press('Control+Enter');
  await talk.getByText(story.answer).waitFor();
  expect(house.relay.received).toHaveLength(0);

  await house.undoIsOver();
  const [sent] = await house.relay.got(1);
  await talk.getByText(t('tickets.delivery.accepted'), { exact: true }).waitFor();
  const { mail, to } = sent!;
  expect(to).toEqual(['maria@example.org']);
  expect(mail.from?.address).toBe(MAILBOX);
  expect(mail.subject).toContain(story.subject);
  expect(mail.inReplyTo).toBe(asked.messageId);
  expect(mail.references).toContain(asked.messageId);
  expect(mail.text).toContain(story.answer);
  expect(mail.html).toContain(story.answer);
  expect(mail.html).toMatch(new RegExp(`lang="${language}"[^>]*dir="${directionOf(language)}"`));

  await house.mail({
    from: { name: story.customer, address: 'maria@example.org' }, subject: `Re: ${story.subject}`, text: story.thanks,
    inReplyTo: mail.messageId!, references: [asked.messageId, mail.messageId!],
  });
  await talk.getByText(story.thanks).waitFor();
  expect(await page.getByRole('option').filter({ hasText: story.subject }).count()).toBeLessThanOrEqual(1);
  expect(await page.evaluate('window.isTheSamePage')).toBe(true);
  expect(trouble).toEqual([]);
});
