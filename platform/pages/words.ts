import { setupI18n, type I18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Language } from '../../kernel/languages.ts';
import ar from './messages/ar.json' with { type: 'json' };
import bg from './messages/bg.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import pl from './messages/pl.json' with { type: 'json' };
import ru from './messages/ru.json' with { type: 'json' };

export type Say<Id extends string> = (id: Id, values?: Readonly<Record<string, string | number>>) => string;
type Catalogue<Id extends string> = Readonly<Record<Id, string>>;

/** The sentences of a room's public pages: ICU messages, taken apart when the server starts. */
export function createWords<Id extends string>(catalogues: Readonly<Record<Language, Catalogue<Id>>>): (language: Language) => Say<Id> {
  const spoken = new Map<Language, Say<Id>>();
  return (language) => {
    const before = spoken.get(language);
    if (before) return before;
    const sentences = Object.entries<string>(catalogues[language]).map(([id, text]) => [id, compileMessage(text)] as const);
    const i18n: I18n = setupI18n({ locale: language, messages: { [language]: Object.fromEntries(sentences) } });
    const say: Say<Id> = (id, values) => i18n._(id, values);
    spoken.set(language, say);
    return say;
  };
}

/** What every public page says. */
export const pageWords = createWords({ en, bg, pl, ru, ar });
