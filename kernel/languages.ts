/** The languages Rapport speaks, in the order in which they are offered. */
export const LANGUAGES = ['en', 'bg', 'pl', 'ru', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

export const isLanguage = (value: string): value is Language => (LANGUAGES as readonly string[]).includes(value);

export const directionOf = (language: string): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

/** The first of the wanted languages in which there is a text, else English, else any. */
export function textIn(texts: Readonly<Partial<Record<Language, string | undefined>>>, wanted: readonly (Language | null)[]): { language: Language; text: string } | null {
  for (const language of [...wanted, ...LANGUAGES]) {
    const text = language === null ? undefined : texts[language];
    if (language !== null && text !== undefined) return { language, text };
  }
  return null;
}

/** What each language calls itself; these are never translated. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  bg: 'Български',
  pl: 'Polski',
  ru: 'Русский',
  ar: 'العربية',
};

/** How dates are written to customers: as the countries do, and in Arabic with the digits of its mail programs. */
export const DATE_LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', bg: 'bg-BG', pl: 'pl-PL', ru: 'ru-RU', ar: 'ar-EG-u-nu-latn' };
