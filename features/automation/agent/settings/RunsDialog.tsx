import { useInfiniteQuery } from '@tanstack/react-query';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import type { RuleView } from '../../core/contract.ts';
import type { Names } from '../names.ts';
import { ruleRunsQuery } from '../queries.ts';
import { RunList } from '../RunList.tsx';
import { useAutomationText } from '../text.ts';
import { useRuleWords } from '../words.ts';

type RunsDialogProps = { rule: RuleView | null; names: Names; ticketHref: (id: string) => string; onClose: () => void };

export function RunsDialog({ rule, onClose, ...rest }: RunsDialogProps) {
  const t = useAutomationText();
  return (
    <Dialog isOpen={rule !== null} onClose={onClose} title={t('automation.runs_of', { name: isolated(rule?.name ?? '') })} size="wide">
      {rule && <Runs rule={rule} {...rest} />}
    </Dialog>
  );
}

function Runs({ rule, names, ticketHref }: { rule: RuleView; names: Names; ticketHref: (id: string) => string }) {
  const t = useAutomationText();
  const words = useRuleWords(names);
  return (
    <PagedRows query={useInfiniteQuery(ruleRunsQuery(rule.id))} errorText={useErrorText()} empty={<EmptyState>{t('automation.never_ran')}</EmptyState>}>
      {(runs) => (
        <RunList
          runs={runs} words={words}
          head={({ ticket }) => (
            <>
              <Link href={ticketHref(ticket.id)}><span dir="ltr">#{ticket.number}</span></Link>
              <span dir="auto" className="min-w-0 truncate text-13">{ticket.subject}</span>
            </>
          )}
        />
      )}
    </PagedRows>
  );
}
