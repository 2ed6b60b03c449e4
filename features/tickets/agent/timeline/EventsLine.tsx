import { useQuery } from '@tanstack/react-query';
import { isLanguage } from '../../../../kernel/languages.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { LANGUAGE_NAMES, type Translate } from '../../../../platform/browser/i18n.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import type { EventLine, Fact } from '../../core/timeline.ts';
import { useDesk } from '../desk.tsx';
import { colleagues, places, teams } from '../queries.ts';
import { type TicketsText, useTicketsText } from '../text.ts';

/** What was done to the ticket between two messages: quiet, in one line for each who did it. */
export function EventsLine({ lines, ticketId }: { lines: readonly EventLine[]; ticketId: string }) {
  const format = useFormat();
  const wordsOf = useFactWords();
  return (
    <div className="flex flex-col gap-0.5 px-6 py-2 text-12 text-ink-faint max-wide:px-4">
      {lines.map((line) => (
        <p key={line.at + line.author.name} className="[overflow-wrap:anywhere]">
          <Doer author={line.author} ticketId={ticketId} />
          {' · '}
          {line.facts.map(wordsOf).join(' · ')}
          {' · '}
          <time dateTime={line.at} title={format.inFull(line.at)}>{format.dateTime(line.at)}</time>
        </p>
      ))}
    </div>
  );
}

/** Who did it; of what a rule did, which one, with the way to why. */
export function Doer({ author: { kind, id, name }, ticketId }: { author: EventLine['author']; ticketId: string }) {
  const t = useTicketsText();
  const { rules } = useDesk();
  const plain = <bdi className="font-medium">{name || t('tickets.system')}</bdi>;
  return kind === 'system' && id !== null && rules ? rules.mark({ ticketId, ruleId: id, fallback: plain }) : plain;
}

type Named = { readonly what: 'assignee' | 'team' | 'brand' | 'office' | 'policy' | 'queue'; readonly to: string | null };
const isNamed = (fact: Fact): fact is Fact & Named => ['assignee', 'team', 'brand', 'office', 'policy', 'queue'].includes(fact.what);

function useFactWords(): (fact: Fact) => string {
  const t = useTicketsText();
  const format = useFormat();
  const { data: people = [] } = useQuery(colleagues());
  const { data: groups = [] } = useQuery(teams());
  const { data: known } = useQuery(places());
  const { elsewhere, ownField } = useDesk();
  const nameIn = (list: readonly { id: string; name: string }[], id: string): string =>
    isolated(list.find((one) => one.id === id)?.name ?? t('tickets.somebody'));

  const placeWords = (what: 'assignee' | 'team', to: string | null): string => {
    if (what === 'team') return to === null ? t('tickets.event.no_team') : t('tickets.event.team', { name: nameIn(groups, to) });
    return to === null ? t('tickets.event.unassigned') : t('tickets.event.assignee', { name: nameIn(people, to) });
  };

  /** Policies and queues belong to other rooms: what was set is told there. */
  const namedWords = (what: Named['what'], to: string | null): string => {
    if (what === 'assignee' || what === 'team') return placeWords(what, to);
    if (to === null) return t(`tickets.event.no_${what}`);
    if (what === 'brand' || what === 'office') return t(`tickets.event.${what}`, { name: nameIn(known?.[what] ?? [], to) });
    return t(what === 'queue' && to === 'none' ? 'tickets.event.out_of_queues' : `tickets.event.${what}`);
  };

  const sleepWords = (fact: Extract<Fact, { what: 'snoozed' | 'woken' }>): string => {
    if (fact.what === 'woken') return t('tickets.event.woken', { by: fact.by });
    if (fact.number) return t('tickets.event.snoozed.ticket', { number: fact.number });
    return fact.until === null ? t('tickets.event.snoozed.customer') : t('tickets.event.snoozed.until', { moment: format.dateTime(fact.until) });
  };

  /** What other rooms say of it. */
  const roomWords = (fact: Extract<Fact, { what: 'elsewhere' | 'own' }>): string =>
    (fact.what === 'own' ? ownField?.(fact.key, fact.to) ?? fact.key : elsewhere?.({ ...fact, nameOf: (id) => nameIn(people, id) }) ?? t('tickets.event.other'));

  return (fact) => {
    if (isNamed(fact)) return namedWords(fact.what, fact.to);
    if (fact.what === 'elsewhere' || fact.what === 'own') return roomWords(fact);
    if (fact.what === 'snoozed' || fact.what === 'woken') return sleepWords(fact);
    if (fact.what === 'tags') return t('tickets.event.tags', { value: tagsText(fact) });
    if ('to' in fact) return t(`tickets.event.${fact.what}`, { value: valueText(fact, t) });
    // Numbers run from left to right; a reason runs as its writer's language does.
    const about = fact.what === 'redacted' ? `(${isolated(fact.about)})` : `\u2066${fact.about}\u2069`;
    return t(`tickets.event.${fact.what}`, { about: fact.about && about });
  };
}

const tagsText = ({ added, removed }: Extract<Fact, { what: 'tags' }>): string =>
  [...added.map((tag) => isolated(`+${tag}`)), ...removed.map((tag) => isolated(`−${tag}`))].join(' ');

function valueText({ what, to }: Exclude<Extract<Fact, { to: unknown }>, { what: 'own' }>, t: Translate<TicketsText>): string {
  if (to === null) return '';
  if (what === 'status' || what === 'priority' || what === 'kind') return t(`tickets.${what}.${to}` as TicketsText);
  if (what === 'private') return to;
  if (what === 'language') return isLanguage(to) ? LANGUAGE_NAMES[to] : to;
  return isolated(to);
}
