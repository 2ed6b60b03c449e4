import type { Translate } from '../../../platform/browser/i18n.ts';
import type { Tone } from '../../../ui/components/Badge.tsx';
import type { ArticleView } from '../core/contract.ts';
import type messages from '../messages/en.json';

type T = Translate<keyof typeof messages>;

/** What becomes of an article now, in a word. */
export function stateWords(t: T, { state, shown }: Pick<ArticleView, 'state' | 'shown'>): { text: string; tone: Tone } {
  if (shown === 'scheduled') return { text: t('knowledge.shown.scheduled'), tone: 'accent' };
  if (shown === 'ended') return { text: t('knowledge.shown.ended'), tone: 'neutral' };
  return { text: t(`knowledge.state.${state}`), tone: state === 'public' ? 'good' : state === 'review' ? 'warning' : state === 'customers_only' ? 'accent' : 'neutral' };
}
