import { textIn } from '../../../kernel/languages.ts';
import { currentLanguage } from '../../../platform/browser/i18n.ts';
import type { Tone } from '../../../ui/components/Badge.tsx';
import type { State, Texts } from '../core/contract.ts';

export const INCIDENT_TONES: Readonly<Partial<Record<State, Tone>>> = { investigating: 'danger', identified: 'warning', monitoring: 'warning', in_progress: 'warning', resolved: 'good', completed: 'good' };

/** As whoever works here reads it. */
export const inOwnWords = (texts: Texts): string => textIn(texts, [currentLanguage()])?.text ?? '';

/** What was written, without the languages in which nothing was. */
export const written = (texts: Texts): Texts => Object.fromEntries(Object.entries(texts).flatMap(([language, text]) => (text?.trim() ? [[language, text.trim()]] : [])));
