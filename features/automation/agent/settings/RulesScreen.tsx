import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, Workflow } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { OrderedList } from '../../../../ui/components/OrderedList.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { Section } from '../../../../ui/layout/Section.tsx';
import type { Option } from '../../../../ui/components/Option.tsx';
import type { RuleView } from '../../core/contract.ts';
import { type Names, type OwnFields, useNames } from '../names.ts';
import { KEYS, rulesQuery } from '../queries.ts';
import type { ConditionSlot } from '../slots.ts';
import { useAutomationText } from '../text.ts';
import { moved } from './draft.ts';
import { RuleDialog } from './RuleDialog.tsx';
import { RuleRow } from './RuleRow.tsx';
import { RunsDialog } from './RunsDialog.tsx';
import { VersionsDialog } from './VersionsDialog.tsx';

type RulesScreenProps = {
  mayManage: boolean;
  /** Teams whose rules somebody may write who may not write all. */
  ownTeams: readonly string[];
  /** The rule that is open, as its address says. */
  ruleId: string | null;
  onOpen: (ruleId: string | null) => void;
  conditions: ConditionSlot;
  /** What rules can call; they belong to another room. */
  webhooks?: readonly Option[];
  /** What rules can fill in. */
  ownFields?: OwnFields;
  ticketHref: (id: string) => string;
};

const NO_WEBHOOKS: readonly Option[] = [];

type Asked = { readonly rule: RuleView; readonly about: 'runs' | 'versions' | 'deletion' };

/** What happens by itself, in the order in which it is tried. */
export function RulesScreen({ mayManage, ownTeams, ruleId, onOpen, conditions, webhooks = NO_WEBHOOKS, ownFields, ticketHref }: RulesScreenProps) {
  const t = useAutomationText();
  const names = useNames(webhooks, ownFields);
  const { rules, query, isWhole } = useAllRules();
  const [isNew, setNew] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const opened = rules.find(({ id }) => id === ruleId) ?? null;
  const close = () => {
    setNew(false);
    setAsked(null);
    if (ruleId !== null) onOpen(null);
  };

  const { mayTouch, mayMake } = rightsOf(mayManage, ownTeams);
  const shown = shownOf(opened, mayTouch);
  const make = mayMake && <NewRule onPress={() => setNew(true)} />;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-4">
        <p className="max-w-reading min-w-56 flex-1 text-13 text-ink-faint">{t('automation.why')}</p>
        {rules.some(isOwn) && make}
      </div>
      <Gone isGone={ruleId !== null && opened === null && isWhole} />
      <PagedRows query={query} errorText={useErrorText()} empty={<EmptyState icon={Workflow} action={make}>{t('automation.empty')}</EmptyState>}>
        {() => <Rules rules={rules} empty={<EmptyState icon={Workflow} action={make}>{t('automation.empty')}</EmptyState>} names={names} mayManage={mayManage} mayTouch={mayTouch} isWhole={isWhole} onOpen={onOpen} onAsk={setAsked} />}
      </PagedRows>
      <RuleDialog key={opened?.id} rule={isNew ? 'new' : shown.toEdit} names={names} ownTeams={mayManage ? null : ownTeams} conditions={conditions} ticketHref={ticketHref} onClose={close} />
      <About asked={asked ?? shown.toRead} names={names} ticketHref={ticketHref} onClose={close} />
    </>
  );
}

/** Which rules somebody may change, and whether they may make some. */
const rightsOf = (mayManage: boolean, ownTeams: readonly string[]) => ({
  mayTouch: ({ teamId }: RuleView): boolean => mayManage || (teamId !== null && ownTeams.includes(teamId)), mayMake: mayManage || ownTeams.length > 0,
});

/** Whoever may only read is shown what a rule did, not how to change it. */
function shownOf(opened: RuleView | null, mayTouch: (rule: RuleView) => boolean): { toEdit: RuleView | null; toRead: Asked | null } {
  if (opened === null) return { toEdit: null, toRead: null };
  return mayTouch(opened) ? { toEdit: opened, toRead: null } : { toEdit: null, toRead: { rule: opened, about: 'runs' } };
}

const NewRule = ({ onPress }: { onPress: () => void }) => {
  const t = useAutomationText();
  return <Button tone="primary" icon={Plus} onPress={onPress}>{t('automation.new')}</Button>;
};

const Gone = ({ isGone }: { isGone: boolean }) => {
  const t = useAutomationText();
  return isGone && <div className="mb-4"><Banner tone="warning">{t('automation.rule_gone')}</Banner></div>;
};

/** What was asked about one rule: what it did, what it said before, whether it goes. */
function About({ asked, names, ticketHref, onClose }: { asked: Asked | null; names: Names; ticketHref: (id: string) => string; onClose: () => void }) {
  const t = useAutomationText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/rules/${id}`), onSettled: () => cache.invalidateQueries({ queryKey: KEYS.all }) });
  const rule = (about: Asked['about']): RuleView | null => (asked?.about === about ? asked.rule : null);
  return (
    <>
      <RunsDialog rule={rule('runs')} names={names} ticketHref={ticketHref} onClose={onClose} />
      <VersionsDialog rule={rule('versions')} names={names} onClose={onClose} />
      <ConfirmDialog
        isOpen={rule('deletion') !== null} onClose={onClose} title={t('automation.delete_title', { name: isolated(rule('deletion')?.name ?? '') })} verb={t('automation.delete')}
        onConfirm={async () => asked && remove.mutateAsync(asked.rule.id)} errorText={errorText}
      >
        {t('automation.delete_why')}
      </ConfirmDialog>
    </>
  );
}

/** All of them: an order of which only a part is known cannot be changed. */
function useAllRules() {
  const query = useInfiniteQuery(rulesQuery);
  const { hasNextPage, isFetching, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return { query, isWhole: query.isSuccess && !hasNextPage, rules: query.data?.pages.flatMap(({ items }) => items) ?? [] };
}

type RulesProps = { rules: readonly RuleView[]; names: Names; mayManage: boolean; mayTouch: (rule: RuleView) => boolean; isWhole: boolean; onOpen: (id: string) => void; onAsk: (asked: Asked) => void };

/** Ready-made ones that are off are offered, and in nobody's way. */
const isOwn = ({ enabled, readyMade }: RuleView): boolean => enabled || readyMade === null;

function Rules({ rules, empty, ...rest }: RulesProps & { empty: ReactNode }) {
  const t = useAutomationText();
  const offered = rules.filter((rule) => !isOwn(rule));
  return (
    <>
      {rules.some(isOwn) ? <RulesInOrder rules={rules} {...rest} /> : empty}
      {offered.length > 0 && (
        <Section title={t('automation.offered')} description={t('automation.offered_why')}>
          <ul aria-label={t('automation.offered')} className="rounded-control border border-hairline bg-surface">
            {offered.map((rule) => (
              <li key={rule.id} className="border-b border-hairline px-2 py-2 last:border-0"><Row rule={rule} number={null} {...rest} /></li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

const Row = ({ rule, number, names, mayTouch, onOpen, onAsk }: Omit<RulesProps, 'rules' | 'isWhole' | 'mayManage'> & { rule: RuleView; number: number | null }) => (
  <RuleRow
    rule={rule} number={number} names={names} mayManage={mayTouch(rule)} onEdit={() => onOpen(rule.id)}
    onRuns={() => onAsk({ rule, about: 'runs' })} onVersions={() => onAsk({ rule, about: 'versions' })} onDelete={() => onAsk({ rule, about: 'deletion' })}
  />
);

function RulesInOrder({ rules, ...rest }: RulesProps) {
  const t = useAutomationText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const order = useMutation({
    mutationFn: (wanted: readonly RuleView[]) => api.put('/rules/order', { ids: [...wanted, ...rules.filter((rule) => !isOwn(rule))].map(({ id }) => id) }),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: KEYS.list }),
  });
  // What was put somewhere stays there while the server is told.
  const shown = order.isPending ? order.variables : rules.filter(isOwn);
  return (
    <OrderedList label={t('automation.rules')} items={shown} nameOf={({ name }) => name} onMove={rest.mayManage && rest.isWhole && shown.length > 1 ? ({ id }, to) => order.mutate(moved(shown, id, to)) : null}>
      {(rule, index) => <Row rule={rule} number={index + 1} {...rest} />}
    </OrderedList>
  );
}
