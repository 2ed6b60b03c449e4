import type { z } from 'zod';
import { LANGUAGES, type Language } from '../../../../kernel/languages.ts';
import type { Choices } from '../../core/visitor-contract.ts';

type Buttons = z.infer<typeof Choices>;
/** Buttons as people write them: one a line, in each language; lines of one number are one button. */
export type ChoiceLines = Readonly<Partial<Record<Language, string>>>;

const MOST = 6;

export const linesOf = (choices: Buttons): ChoiceLines => Object.fromEntries(LANGUAGES.flatMap((language) => {
  const lines = choices.map((choice) => choice[language] ?? '').join('\n').trimEnd();
  return lines === '' ? [] : [[language, lines]];
}));

export function toChoices(lines: ChoiceLines): Buttons {
  const written = LANGUAGES.map((language) => [language, (lines[language] ?? '').split('\n').map((line) => line.trim())] as const);
  const count = Math.max(...written.map(([, texts]) => texts.length));
  const all = Array.from({ length: count }, (_none, at) => Object.fromEntries(written.flatMap(([language, texts]) => (texts[at] ? [[language, texts[at]]] : []))));
  return all.filter((choice) => Object.keys(choice).length > 0).slice(0, MOST);
}
