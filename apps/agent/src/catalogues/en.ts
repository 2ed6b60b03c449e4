import type { Catalogue } from '../../../../platform/browser/i18n.ts';

const files = import.meta.glob<Catalogue>(['../../../../features/*/messages/en.json', '../../../../ui/messages/en.json', '../../messages/en.json'], {
  eager: true,
  import: 'default',
});

/** Every room's sentences in one piece, fetched when this language is spoken. */
export const catalogue: Catalogue = Object.assign({}, ...Object.values(files));
