import type { Language } from '../../../kernel/languages.ts';
import type { Catalogue, LoadCatalogue } from '../../../platform/browser/i18n.ts';

const CATALOGUES: Record<Language, () => Promise<{ catalogue: Catalogue }>> = {
  en: () => import('./catalogues/en.ts'),
  bg: () => import('./catalogues/bg.ts'),
  pl: () => import('./catalogues/pl.ts'),
  ru: () => import('./catalogues/ru.ts'),
  ar: () => import('./catalogues/ar.ts'),
};

export const loadCatalogue: LoadCatalogue = async (language) => (await CATALOGUES[language]()).catalogue;
