import { isLanguage, type Language } from '../../kernel/languages.ts';

const MOST_WISHES = 20;

/** What a browser asks for, in the order of its wishes, reduced to what we speak; the site's own language is the last resort. */
export function wishedLanguage(acceptLanguage: string | undefined, fallback: Language): Language {
  const wishes = (acceptLanguage ?? '').slice(0, 500).split(',', MOST_WISHES).map((wish) => {
    const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';');
    const weight = parameters.map((one) => /^\s*q=([01](?:\.\d{1,3})?)\s*$/.exec(one)?.[1]).find(Boolean);
    return { language: tag.split('-')[0]!, weight: weight === undefined ? 1 : Number(weight) };
  });
  const wanted = wishes.filter(({ language, weight }) => weight > 0 && isLanguage(language)).sort((a, b) => b.weight - a.weight);
  return (wanted[0]?.language as Language | undefined) ?? fallback;
}
