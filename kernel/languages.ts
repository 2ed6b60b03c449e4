/** The languages Rapport speaks, in the order in which they are offered. */
export const LANGUAGES = ['en', 'bg', 'pl', 'ru', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

export const isLanguage = (value: string): value is Language => (LANGUAGES as readonly string[]).includes(value);

export const directionOf = (language: string): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');
