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
