import type { VisitorState } from '../../../../clients/visitor/src/types.ts';
import { useWords, type Words } from './words.ts';

const HOUR = 3_600;

/** What can be expected now, and never more than somebody knows. */
export function Standing({ state }: { state: VisitorState }) {
  const words = useWords();
  return <p class="standing" role="status">{sentence(state, words)}</p>;
}

function sentence({ conversation, availability }: VisitorState, words: Words): string {
  const { t } = words;
  if (conversation?.state === 'active' && conversation.agent) return t('panel.with', { name: conversation.agent.name });
  if (availability.place !== null) return [t('panel.place', { place: availability.place }), ...(availability.replySeconds === null ? [] : [usual(availability.replySeconds, words)])].join(' · ');
  if (!availability.isOpen) return availability.opensAt === null ? t('panel.closed') : t('panel.closed_until', { when: words.moment(availability.opensAt) });
  if (availability.isFull) return t('panel.full');
  if (!availability.isAttended) return t('panel.busy');
  return usual(availability.replySeconds, words);
}

function usual(seconds: number | null, { t }: Words): string {
  if (seconds === null) return t('panel.here');
  return seconds < HOUR ? t('panel.reply_minutes', { minutes: Math.max(1, Math.ceil(seconds / 60)) }) : t('panel.reply_hours', { hours: Math.ceil(seconds / HOUR) });
}
