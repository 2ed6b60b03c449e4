import { useQuery } from '@tanstack/react-query';
import { isLanguage } from '../../../../kernel/languages.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { LANGUAGE_NAMES } from '../../../../platform/browser/i18n.ts';
import type { EventLine, Fact } from '../../core/timeline.ts';
import { colleagues, teams } from '../queries.ts';
import { type TicketsText, useTicketsText } from '../text.ts';

/** What was done to the ticket between two messages: quiet, in one line for each who did it. */
export function EventsLine({ lines }: { lines: readonly EventLine[] }) {
  const t = useTicketsText();
  const format = useFormat();
  const wordsOf = useFactWords();
  return (
    <div className="flex flex-col gap-0.5 px-6 py-2 text-12 text-ink-faint max-wide:px-4">
      {lines.map((line) => (
        <p key={line.at + line.author.name} className="[overflow-wrap:anywhere]">
          <bdi className="font-medium">{line.author.name || t('tickets.system')}</bdi>
          {' · '}
          {format.list(line.facts.map(wordsOf))}
          {' · '}
          <time dateTime={line.at} title={format.inFull(line.at)}>{format.dateTime(line.at)}</time>
        </p>
      ))}
    </div>
  );
}

/** Isolates a name from the direction of the sentence around it. */
const isolated = (name: string): string => `\u2068${name}\u2069`;

function useFactWords(): (fact: Fact) => string {
  const t = useTicketsText();
  const { data: people = [] } = useQuery(colleagues());
  const { data: groups = [] } = useQuery(teams());
  const nameIn = (list: readonly { id: string; name: string }[], id: string): string =>
    isolated(list.find((one) => one.id === id)?.name ?? t('tickets.somebody'));

  return (fact) => {
    switch (fact.what) {
      case 'assignee':
        return fact.to === null ? t('tickets.event.unassigned') : t('tickets.event.assignee', { name: nameIn(people, fact.to) });
      case 'team':
        return fact.to === null ? t('tickets.event.no_team') : t('tickets.event.team', { name: nameIn(groups, fact.to) });
      case 'customer':
        return t('tickets.event.customer');
      case 'tags':
        return [...fact.added.map((tag) => `+${isolated(tag)}`), ...fact.removed.map((tag) => `−${isolated(tag)}`)].join(' ');
      case 'status':
      case 'priority':
      case 'kind':
        return t(`tickets.event.${fact.what}`, { value: t(`tickets.${fact.what}.${fact.to}` as TicketsText) });
      case 'language':
        return t('tickets.event.language', { value: isLanguage(fact.to) ? LANGUAGE_NAMES[fact.to] : fact.to });
      case 'subject':
        return t('tickets.event.subject', { value: isolated(fact.to) });
      case 'other':
        return t('tickets.event.other');
      default:
        return t(`tickets.event.${fact.what}`, { about: fact.about });
    }
  };
}
