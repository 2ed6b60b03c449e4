import { setupI18n, type Messages } from '@lingui/core';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type english from '../../messages/en.json';
import { DATE_LOCALES, type Language, textIn } from '../../../../kernel/languages.ts';

type Id = keyof typeof english;
export type Words = ReturnType<typeof wordsFrom>;

/** Only the language that is spoken is fetched. */
const CATALOGUES: Readonly<Record<Language, () => Promise<{ default: object }>>> = {
  en: () => import('../../messages/en.json'), bg: () => import('../../messages/bg.json'), pl: () => import('../../messages/pl.json'),
  ru: () => import('../../messages/ru.json'), ar: () => import('../../messages/ar.json'),
};

function wordsFrom(language: Language, messages: Messages) {
  const i18n = setupI18n({ locale: language, messages: { [language]: messages } });
  const has = (id: string): id is Id => Object.hasOwn(messages, id);
  const t = (id: Id, values?: Readonly<Record<string, string | number>>): string => i18n._(id, values);
  return {
    language, t,
    /** For a code that the server made up. */
    of: (kind: 'refused' | 'problem', code: string): string => {
      const id = `panel.${kind}.${code}`;
      return has(id) ? t(id) : t(`panel.${kind}.other`);
    },
    /** What the company wrote, in the visitor's language if it did. */
    company: (texts: Parameters<typeof textIn>[0]): string | null => textIn(texts, [language])?.text ?? null,
    time: (at: string): string => new Intl.DateTimeFormat(DATE_LOCALES[language], { hour: 'numeric', minute: '2-digit' }).format(new Date(at)),
    day: (at: string): string => new Intl.DateTimeFormat(DATE_LOCALES[language], { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(at)),
    moment: (at: string): string => new Intl.DateTimeFormat(DATE_LOCALES[language], { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' }).format(new Date(at)),
    /** An hour on a day, said once. */
    between: (from: string, to: string): string => new Intl.DateTimeFormat(DATE_LOCALES[language], { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' }).formatRange(new Date(from), new Date(to)),
  };
}

export async function loadWords(language: Language): Promise<Words> {
  return wordsFrom(language, (await CATALOGUES[language]()).default as Messages);
}

export const WordsContext = createContext<Words | null>(null);
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('Words come first.');
  return words;
}

/** What was typed into a field of a form. */
export function wordsIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
