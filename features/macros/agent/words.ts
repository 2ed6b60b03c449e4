import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../../platform/browser/format.ts';
import { useT } from '../../../platform/browser/i18n.ts';
import { isolated } from '../../../platform/browser/isolated.ts';
import type { MacroAction } from '../core/actions.ts';
import { placeOf } from '../core/planning.ts';
import { colleagues, teamsQuery, templateNames } from './queries.ts';
import { type BELONGING, isBelonging, useBelonging } from './use-belonging.ts';

type PlaceAction = Extract<MacroAction, { type: (typeof BELONGING)[number] }>;

const isPlace = (action: MacroAction): action is PlaceAction => isBelonging(action.type);

/** What an action does, in a few words. */
export function useActionWords(): (action: MacroAction) => string {
  const t = useT();
  const format = useFormat();
  const { data: people = [] } = useQuery(colleagues);
  const { data: teams } = useQuery(teamsQuery);
  const { data: templates } = useQuery(templateNames);
  const belonging = useBelonging();
  const nameIn = (all: readonly { id: string; name: string }[] | undefined, id: string): string => isolated(all?.find((one) => one.id === id)?.name ?? '…');
  const teamOf = (id: string | null): string => (id === null ? t('tickets.no_team') : nameIn(teams?.items, id));
  const whose = (id: string | null): string => (id === null ? t('tickets.unassigned') : id === 'me' ? t('tickets.me') : nameIn(people, id));
  const place = (action: PlaceAction): string => {
    const [id = null] = Object.values(placeOf(action) ?? {});
    return id === 'none' ? belonging.out : id === null ? belonging[action.type].none : nameIn(belonging[action.type].all, id);
  };
  const said = (action: MacroAction): string => (isPlace(action) ? place(action) : other(action));
  const other = (action: Exclude<MacroAction, PlaceAction>): string => {
    switch (action.type) {
      case 'set_status': return t(`tickets.status.${action.status}`);
      case 'set_priority': return t(`tickets.priority.${action.priority}`);
      case 'set_kind': return t(`tickets.kind.${action.kind}`);
      case 'set_team': return teamOf(action.teamId);
      case 'set_assignee': return whose(action.personId);
      case 'note': return isolated(shortened(action.text));
      case 'checklist': return nameIn(templates?.items, action.templateId);
      default: return format.list(action.tags.map(isolated));
    }
  };
  return (action) => `${t(`macros.action.${action.type}`)}: ${said(action)}`;
}

const SHORT = 80;
const shortened = (text: string): string => (text.length > SHORT ? `${text.slice(0, SHORT)}…` : text);
