import { useQuery } from '@tanstack/react-query';
import { hasMessage, useT } from '../../../platform/browser/i18n.ts';
import { placeNames, policyNames, queueNames } from './queries.ts';
import { useMacroText } from './text.ts';

export const BELONGING = ['set_brand', 'set_office', 'set_policy', 'set_queue'] as const;
type Belonging = (typeof BELONGING)[number];
export const isBelonging = (type: string): type is Belonging => (BELONGING as readonly string[]).includes(type);

type Named = { readonly id: string; readonly name: string };
type Places = Readonly<Record<Belonging, { readonly all: readonly Named[]; /** What null means. */ readonly none: string }>>;

/** Where tickets may belong, by name. `out`: in no queue at all. */
export function useBelonging(): Places & { readonly out: string } {
  const t = useMacroText();
  const say = useT();
  const { data: places } = useQuery(placeNames);
  const { data: policies } = useQuery(policyNames);
  const { data: queues } = useQuery(queueNames);
  const of = (wanted: 'brand' | 'office') => places?.items.flatMap(({ id, kind, name }) => (kind === wanted ? [{ id, name: name ?? '' }] : [])) ?? [];
  const policyName = ({ readyMade, name }: { readyMade: string | null; name: string }) => (readyMade && hasMessage(`sla.ready.${readyMade}`) ? say(`sla.ready.${readyMade}`) : name);
  return {
    set_brand: { all: of('brand'), none: say('tickets.no_brand') },
    set_office: { all: of('office'), none: say('tickets.no_office') },
    set_policy: { all: policies?.items.map((policy) => ({ id: policy.id, name: policyName(policy) })) ?? [], none: t('macros.by_conditions') },
    set_queue: { all: queues?.items ?? [], none: t('macros.by_conditions') },
    out: t('macros.no_queue'),
  };
}
