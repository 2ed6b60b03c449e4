import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import type { App } from '../apps/server/compose.ts';
import { LANGUAGES, type Language } from '../kernel/languages.ts';
import { randomBy } from '../kernel/random.ts';
import { foldedText, searchVector } from '../platform/search/stems.ts';
import type { BenchOptions } from './bench.ts';
import { withOwnApp } from './own-app.ts';
import { getter, timed, type Timing } from './scale-client.ts';

export const about = 'article page and help search beside a static page of the same server, with 10,000 articles in five languages';

const ARTICLES = 10_000;
const BATCH = 500;
const CLIENTS = 8;
/** Words that people look for, in the forms that they use; each stands in some articles in another form. */
const SOUGHT: Readonly<Record<Language, string>> = {
  en: 'kettle return refund delivery warranty invoice payment address broken lid parcel courier exchange order gift card discount account password size',
  bg: 'чайник връщане възстановяване доставка гаранция фактура плащане адрес счупен капак пратка куриер замяна поръчка подарък карта отстъпка профил парола размер',
  pl: 'czajnik zwrot pieniądze dostawa gwarancja faktura płatność adres uszkodzony pokrywka paczka kurier wymiana zamówienie prezent karta rabat konto hasło rozmiar',
  ru: 'чайник возврат деньги доставка гарантия счёт оплата адрес сломан крышка посылка курьер обмен заказ подарок карта скидка профиль пароль размер',
  ar: 'غلاية إرجاع استرداد توصيل ضمان فاتورة دفع عنوان مكسور غطاء طرد مندوب استبدال طلب هدية بطاقة خصم حساب كلمة مقاس',
};
const LETTERS: Readonly<Record<Language, string>> = { en: 'ba ke lo mi nu pra sti gor vel', bg: 'ба ке ло ми ну пра сти гор вел', pl: 'ba kę ło mi nó prą ści gór wel', ru: 'ба ке лы ми ну пря сти гор вел', ar: 'با كي لو مي نو فر ستي كور فل' };

export async function run({ full, quiet }: BenchOptions): Promise<Record<string, unknown>> {
  return withOwnApp('help', async (app) => {
    const { workspaceId } = await app.people.createWorkspace({ name: 'Bench', owner: { email: 'owner@desk.example', name: 'Owner', password: null } });
    await fill(app, workspaceId);
    return await measured(app, { forMs: full ? 20_000 : 5_000, quiet });
  });
}

async function measured(app: App, { forMs, quiet }: { forMs: number; quiet: boolean }): Promise<Record<string, unknown>> {
  app.http.get('/hello', async (_request, reply) => reply.type('text/html; charset=utf-8').send('<!doctype html><title>Hello</title><p>Hello</p>'));
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  const get = getter((app.http.server.address() as AddressInfo).port, '');
  const random = randomBy(7);
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const asked = Array.from({ length: 2_000 }, () => {
    const lang = any(LANGUAGES);
    const words = SOUGHT[lang].split(' ');
    return [`/help/search?${new URLSearchParams({ lang, q: [any(words), ...(random() < 0.5 ? [any(words)] : []), ...(random() < 0.1 ? ['xyzzy'] : [])].join(' ') })}`];
  });
  const pages = Array.from({ length: 2_000 }, () => { const number = 1 + Math.floor(random() * ARTICLES); return [`/help/${any(LANGUAGES)}/articles/${number}-t${number}`]; });
  const rows: Record<string, Timing & { perSecond: number }> = {};
  for (const [name, visits] of [['hello', [['/hello']]], ['article', pages], ['home', LANGUAGES.map((language) => [`/help/${language}`])], ['search', asked]] as const) {
    const began = performance.now();
    const [timing] = await timed([{ get, visits }], CLIENTS, { enough: 100_000, forMs });
    rows[name] = { ...timing!, perSecond: Math.round(timing!.count / ((performance.now() - began) / 1000)) };
  }
  const ratios = Object.fromEntries(['article', 'home', 'search'].map((name) => [name, { perSecond: Math.round(100 * rows[name]!.perSecond / rows['hello']!.perSecond) / 100, p99: Math.round(10 * rows[name]!.p99 / rows['hello']!.p99) / 10 }]));
  if (!quiet) {
    console.log(`milliseconds, ${CLIENTS} at once (goal: p95 of search up to 100)`);
    console.table(rows);
    console.log('beside the static page');
    console.table(ratios);
  }
  return { milliseconds: rows, ratios };
}

/** Articles whose texts are made up of words of their language; their vectors are made by the product. */
async function fill(app: App, workspaceId: string): Promise<void> {
  const { owner } = app.db;
  const random = randomBy(42);
  const pick = (list: readonly string[], by: number): string => list[Math.floor(by * list.length)]!;
  const vocabulary = Object.fromEntries(LANGUAGES.map((language) => [language, withSought(language, Array.from({ length: 6_000 }, () => Array.from({ length: 3 }, () => pick(LETTERS[language].split(' '), random())).join('')))])) as Record<Language, string[]>;
  const words = (language: Language, count: number): string => Array.from({ length: count }, () => pick(vocabulary[language], random() ** 3)).join(' ');
  for (let made = 0; made < ARTICLES; made += BATCH) {
    const ids = Array.from({ length: BATCH }, () => crypto.randomUUID());
    await sql`insert into articles (workspace_id, id, number, state, source_language, created_at, updated_at)
      select ${workspaceId}, id, ${made}::bigint + n, 'public', 'en', now(), now() from unnest(${ids}::uuid[]) with ordinality as a (id, n)`.execute(owner);
    for (const language of LANGUAGES) {
      const texts = ids.map((id, n) => {
        const [title, body] = [`t${made + n + 1}`, words(language, 150)];
        const heading = words(language, 4);
        return { id, title, html: `<p>${body}</p>`, words: foldedText(heading), vector: `${searchVector([{ text: heading, weight: 'A' }, { text: body }], language)} '@${workspaceId.slice(-8)}'` };
      });
      await sql`with given as (select * from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as t (id uuid, title text, html text, words text, vector text)),
        texts as (insert into article_texts (workspace_id, article_id, language, version, title, updated_at, live_version, live_title, live_summary, live_html, live_at, meaning_version)
          select ${workspaceId}, id, ${language}, 1, title, now(), 1, title, '', html, now(), 1 from given returning 1)
        insert into article_documents (workspace_id, article_id, language, state, countries, words, vector) select ${workspaceId}, id, ${language}, 'public', '{}', words, vector::tsvector from given`.execute(owner);
    }
  }
  for (const table of ['articles', 'article_texts', 'article_documents']) await sql`vacuum analyze ${sql.table(table)}`.execute(owner);
}

/** The words that are sought among those of the middle: each in some hundred articles. */
const withSought = (language: Language, rest: readonly string[]): string[] => [...rest.slice(0, 400), ...SOUGHT[language].split(' '), ...rest.slice(400)];
