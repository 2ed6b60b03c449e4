import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Undo2, Workflow } from 'lucide-react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { Words } from '../../../conditions/core/describe.ts';
import { TicketView } from '../../../tickets/core/contract.ts';
import type { Effect, RuleRunView } from '../../core/contract.ts';
import { effectInWords, undoOf } from '../../core/effects.ts';
import { useNames } from '../names.ts';
import { ticketOne, ticketRunsQuery } from '../queries.ts';
import { RunList } from '../RunList.tsx';
import { useAutomationText } from '../text.ts';
import { useRuleWords } from '../words.ts';

type TicketRunsProps = {
  ticketId: string;
  /** Whether what rules did may be taken back. */
  mayChange: boolean;
  /** Where a rule is seen; null for who may not see rules. */
  ruleHref: ((ruleId: string) => string) | null;
  onClose: () => void;
};

/** Which rules did what to a ticket, and why; with the way back where there is one. */
export function TicketRuns({ onClose, ...rest }: TicketRunsProps) {
  const t = useAutomationText();
  return (
    <Dialog isOpen onClose={onClose} title={t('automation.on_ticket')} size="wide">
      <Runs {...rest} />
    </Dialog>
  );
}

function Runs({ ticketId, mayChange, ruleHref }: Omit<TicketRunsProps, 'onClose'>) {
  const t = useAutomationText();
  const words = useRuleWords(useNames());
  const { data: ticket } = useQuery(ticketOne(ticketId));
  return (
    <PagedRows query={useInfiniteQuery(ticketRunsQuery(ticketId))} errorText={useErrorText()} empty={<EmptyState icon={Workflow}>{t('automation.on_ticket.empty')}</EmptyState>}>
      {(runs) => (
        <RunList
          runs={runs} words={words}
          head={({ rule }) => <RuleName rule={rule} href={rule.isRemoved ? null : ruleHref?.(rule.id) ?? null} />}
          {...(mayChange && ticket && { after: (effect) => <Undo effect={effect} ticket={ticket} words={words} /> })}
        />
      )}
    </PagedRows>
  );
}

const RuleName = ({ rule, href }: { rule: RuleRunView['rule']; href: string | null }) => {
  const t = useAutomationText();
  const name = <bdi className="font-medium">{rule.name}</bdi>;
  return (
    <>
      {href === null ? name : <Link href={href}>{name}</Link>}
      {rule.isRemoved && <span className="text-12 text-ink-faint">({t('automation.rule_removed')})</span>}
    </>
  );
};

/** Only while the ticket still stands as the rule left it. */
function Undo({ effect, ticket, words }: { effect: Effect; ticket: TicketView; words: Words }) {
  const t = useAutomationText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const patch = undoOf(effect, ticket);
  const undo = useMutation({
    mutationFn: (back: NonNullable<typeof patch>) => api.patch(`/tickets/${ticket.id}`, { ...back, version: ticket.version }, TicketView),
    onSuccess: () => toast({ text: t('automation.undone') }),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['tickets'] }),
  });
  if (!patch) return null;
  return (
    <Button size="small" tone="quiet" icon={Undo2} isPending={undo.isPending} onPress={() => undo.mutate(patch)} aria-label={t('automation.undo_one', { what: effectInWords(effect, words) })}>
      {t('automation.undo')}
    </Button>
  );
}
