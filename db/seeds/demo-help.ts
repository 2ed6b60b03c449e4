import type { App } from '../../apps/server/compose.ts';
import type { Actor } from '../../kernel/actor.ts';
import { LANGUAGES } from '../../kernel/languages.ts';
import { HELP_CATEGORIES, HELP_PLACES, HELP_TEXTS, type HelpText } from './demo-help-texts.ts';

/** A small help centre in five languages, one draft, and a word that people use for another. */
export async function seedHelp({ knowledge }: Pick<App, 'knowledge'>, owner: Actor): Promise<void> {
  const categories: string[] = [];
  for (const names of HELP_CATEGORIES) {
    const texts = Object.fromEntries(LANGUAGES.map((language) => [language, { name: names[language][0], description: names[language][1] }]));
    categories.push((await knowledge.createCategory(owner, { texts })).id);
  }
  for (const [at, place] of HELP_PLACES.entries()) {
    const { id } = await knowledge.createArticle(owner, { language: 'en', ...wordsOf(HELP_TEXTS.en[at]!), state: 'public', categoryId: categories[place]!, reviewEveryDays: 180 });
    for (const language of LANGUAGES.filter((one) => one !== 'en')) {
      await knowledge.writeText(owner, id, language, { ...wordsOf(HELP_TEXTS[language][at]!), live: true, minor: false, translates: true });
    }
    for (let n = 0; n < Math.max(3, 46 - 9 * at); n++) await knowledge.shownTo(owner.workspaceId, id, null);
  }
  await knowledge.createArticle(owner, { language: 'en', title: 'Gift cards', summary: '', keywords: '', html: '<p>To be written: people ask for them.</p>', state: 'draft' });
  for (const q of ['gift cards', 'gift cards', 'gift voucher']) await knowledge.help.search(owner.workspaceId, { q, language: 'en', reader: 'visitor', limit: 1 });
  await knowledge.addSynonyms(owner, { language: 'en', words: ['shipping', 'delivery', 'arrive'] });
}

function wordsOf([title, summary, ...body]: HelpText) {
  let html = '';
  for (const line of body) {
    if (!line.startsWith('- ')) html += `<p>${line}</p>`;
    else html = html.endsWith('</ul>') ? `${html.slice(0, -5)}<li>${line.slice(2)}</li></ul>` : `${html}<ul><li>${line.slice(2)}</li></ul>`;
  }
  return { title, summary, keywords: '', html };
}
