import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../../../../kernel/languages.ts';
import { submitButton } from '../../../../platform/pages/forms.ts';
import { attributes, html, type Html, NOTHING } from '../../../../platform/pages/html.ts';
import type { Form } from '../../../../platform/pages/pages.ts';
import { readCookie } from '../../../people/core/credentials.ts';
import { countryName } from './parts.ts';
import { helpWords } from './words.ts';

/** In none of those that articles name. */
const ELSEWHERE = 'ZZ';
/** Chosen where a proxy says another one. */
const ALL = 'all';
const COOKIE = 'rapport-country';
const YEAR_S = 365 * 86_400;
const CODE = /^[A-Z]{2}$/;
/** A page of the help centre, and nothing that leads away from it. */
const BACK = /^\/help(?:\/(?!\.|%2e)[\w.%-]+)*(?:\?[\w.%&=+-]*)?$/i;

/** From which country a reader is, as far as they, their record or a proxy of ours say so. Null: articles of all countries are shown. */
export function createWhereabouts({ told, toldIn, secure }: { /** By a proxy, in the header `toldIn`. */ told: (request: FastifyRequest) => string | null; toldIn: string | null; secure: boolean }) {
  /** What stands in the address goes before what was picked, that before what is known of who is signed in, and that before what a proxy says. */
  async function of(request: FastifyRequest, known: () => Promise<string | null>): Promise<string | null> {
    const { country } = request.query as { country?: unknown };
    if (typeof country === 'string' && CODE.test(country)) return country;
    const picked = readCookie(request.headers.cookie, COOKIE);
    if (picked === ALL) return null;
    return picked !== null && CODE.test(picked) ? picked : await known() ?? told(request);
  }

  return {
    of,

    /** Headers by which pages differ from one reader to the next. */
    by: ['cookie', ...(toldIn === null ? [] : [toldIn.toLowerCase()])],

    /** Takes what was picked. Nothing of it is kept here: the browser carries it, and only there where somebody picked. `wasTold`: their record names another one. */
    pick(request: FastifyRequest, reply: FastifyReply, wasTold: boolean): FastifyReply {
      const { country = '', back = '' } = (request.body ?? {}) as Form;
      const value = CODE.test(country) ? country : wasTold || told(request) !== null ? ALL : '';
      void reply.header('set-cookie', `${COOKIE}=${value}; Path=/help; Max-Age=${value === '' ? 0 : YEAR_S}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`);
      return reply.header('cache-control', 'no-store').redirect(BACK.test(back) ? back : '/help', 303);
    },
  };
}

/** At the foot of a page, where articles differ by country; of use without script. */
export function countryForm(language: Language, { countries, country, back }: { countries: readonly string[]; country: string | null; back: string }): Html {
  if (countries.length === 0) return NOTHING;
  const t = helpWords(language);
  const named = [...new Set([...countries, ...(country === null || country === ELSEWHERE ? [] : [country])])].map((code) => ({ code, name: countryName(language, code) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, language));
  const option = (value: string, text: string) => html`<option ${attributes({ value, selected: value === (country ?? '') })}>${text}</option>`;
  return html`<form class="country" method="post" action="/help/country"><input type="hidden" name="back" value="${back}">
<div class="field"><label for="help-country">${t('help.country.label')}</label><select id="help-country" name="country">${option('', t('help.country.all'))}${named.map(({ code, name }) => option(code, name))}${option(ELSEWHERE, t('help.country.other'))}</select></div>
${submitButton(t('help.country.verb'), { tone: 'plain' })}</form>`;
}
