import { i18n, type Messages } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { directionOf, isLanguage, type Language, LANGUAGES } from '../../kernel/languages.ts';
import { storage } from './storage.ts';

/** All sentences of one language: message id to message, compiled by the build. */
export type Catalogue = Messages;
export type LoadCatalogue = (language: Language) => Promise<Catalogue>;

export type Translate<Id extends string = string> = (id: Id, values?: Readonly<Record<string, unknown>>) => string;

export { LANGUAGE_NAMES } from '../../kernel/languages.ts';

let load: LoadCatalogue = async () => ({});

/** Called once by the app, before the first drawing; shows the language this browser last spoke, or understands. */
export async function startSpeaking(catalogues: LoadCatalogue, preferred?: Language): Promise<void> {
  load = catalogues;
  await show(preferred ?? firstGuess());
}

/** Changes the language of everything on screen, and of the first page next time: somebody has said so, or is signed in. */
export async function speak(language: Language): Promise<void> {
  await show(language);
  storage.set('language', language);
}

/** English stands in for a catalogue that can't be fetched. A guess is not kept: the browser may be set to another language by tomorrow. */
async function show(language: Language): Promise<void> {
  const messages = await load(language);
  i18n.loadAndActivate({ locale: language, locales: [localeOf(language)], messages: { ...messages } });
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

export function firstGuess(): Language {
  const wishes = [storage.get('language'), ...navigator.languages].map((wish) => wish?.split('-')[0] ?? '');
  return wishes.find(isLanguage) ?? LANGUAGES[0];
}

export function currentLanguage(): Language {
  return isLanguage(i18n.locale) ? i18n.locale : LANGUAGES[0];
}

/** In which language to open what is written in several: the reader's own, unless it is written in others alone. */
export function languageToOpen(texts: Readonly<Partial<Record<Language, string | undefined | object>>>): Language {
  const own = currentLanguage();
  return [own, ...LANGUAGES].find((language) => texts[language]) ?? own;
}

/** The reader's own region for dates and numbers, when the browser names one: en-GB rather than en. */
export const localeOf = (language: Language): string =>
  navigator.languages.find((wish) => wish.startsWith(`${language}-`)) ?? language;

/** `const t = useT<PeopleText>()`, where a room's ids are `keyof typeof` its English catalogue. */
export function useT<Id extends string = string>(): Translate<Id> {
  // The same function until the language is another, so that what is drawn with it need not be drawn again.
  return useLingui()._ as Translate<Id>;
}

/** Outside a component: the same sentences, in the language of the moment. */
export const translate: Translate = (id, values) => i18n._(id, values as Record<string, unknown> | undefined);

/** Whether the language of the moment has a sentence of this name, e.g. for a code that the server made up. */
export const hasMessage = (id: string): boolean => Object.hasOwn(i18n.messages, id);

export function useLanguage(): Language {
  const { i18n: active } = useLingui();
  return isLanguage(active.locale) ? active.locale : LANGUAGES[0];
}
