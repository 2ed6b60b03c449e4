import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, Ellipsis } from 'lucide-react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { RelativeTime } from '../../../../ui/components/RelativeTime.tsx';
import { Switch } from '../../../../ui/components/Switch.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { RuleView } from '../../core/contract.ts';
import { ruleInWords } from '../../core/sentence.ts';
import type { Names } from '../names.ts';
import { KEYS } from '../queries.ts';
import { useAutomationText } from '../text.ts';
import { useRuleWords } from '../words.ts';

type RuleRowProps = { rule: RuleView; /** Its place; null where the order does not count. */ number: number | null; names: Names; mayManage: boolean; onEdit: () => void; onRuns: () => void; onVersions: () => void; onDelete: () => void };

export function RuleRow({ rule, number, names, mayManage, onEdit, onRuns, onVersions, onDelete }: RuleRowProps) {
  const t = useAutomationText();
  const format = useFormat();
  const words = useRuleWords(names);
  const label = t('automation.menu', { name: rule.name });
  const reading = [{ id: 'runs', label: t('automation.runs'), onAction: onRuns }];
  const changing = [{ id: 'edit', label: t('automation.edit'), onAction: onEdit }, { id: 'versions', label: t('automation.versions'), onAction: onVersions }];
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-start gap-x-2 gap-y-1 px-1.5">
      <div className="flex min-w-0 flex-1 items-baseline gap-2 pt-0.5">
        {number !== null && <span aria-hidden className="text-13 text-ink-faint tabular-nums">{format.number(number)}</span>}
        <p className="min-w-0 [overflow-wrap:anywhere]">
          <bdi className="font-medium">{rule.name}</bdi> <OfTeam rule={rule} names={names} /> {!rule.enabled && number !== null && <Badge>{t('automation.off')}</Badge>}
        </p>
      </div>
      <div className="-my-0.5 flex shrink-0 items-center gap-1 pointer-coarse:-my-2">
        {mayManage && <OnOff rule={rule} />}
        <Menu
          label={label}
          placement="bottom end"
          trigger={<IconButton icon={Ellipsis} label={label} />}
          groups={[{ entries: mayManage ? [...changing, ...reading] : reading }, ...(mayManage ? [{ entries: [{ id: 'delete', label: t('automation.delete'), tone: 'danger' as const, onAction: onDelete }] }] : [])]}
        />
      </div>
      <div className="max-w-reading basis-full">
        {rule.description !== '' && <p className="text-13 [overflow-wrap:anywhere]"><bdi>{rule.description}</bdi></p>}
        <p className="text-13 text-ink-soft [overflow-wrap:anywhere]"><bdi>{ruleInWords(rule, words)}</bdi></p>
        {(rule.lastRun !== null || number !== null) && <LastRun rule={rule} />}
      </div>
    </div>
  );
}

function OfTeam({ rule: { teamId }, names }: Pick<RuleRowProps, 'rule' | 'names'>) {
  const t = useAutomationText();
  return teamId !== null && <Badge>{names.nameOf('team', teamId) ?? t('automation.team')}</Badge>;
}

/** When it ran last and how often of late; what stopped it is said in words. */
function LastRun({ rule: { lastRun, ranLately, hourlyLimit } }: { rule: RuleView }) {
  const t = useAutomationText();
  const format = useFormat();
  const now = useNow(30_000);
  if (!lastRun) return <p className="text-12 text-ink-faint">{t('automation.never_ran')}</p>;
  return (
    <>
      {lastRun.outcome !== 'ran' && (
        <p className="mt-1 flex items-start gap-1.5 text-13 text-danger-ink">
          <CircleAlert aria-hidden size={14} className="mt-[3px] shrink-0" />
          {t(`automation.stopped.${lastRun.outcome}`, { limit: hourlyLimit })}
        </p>
      )}
      <p className="text-12 text-ink-faint">
        {t('automation.last_run')} <RelativeTime at={lastRun.at} inFull={format.inFull(lastRun.at)}>{format.relative(lastRun.at, now)}</RelativeTime>
        {' · '}{t('automation.ran_lately', { count: ranLately })}
      </p>
    </>
  );
}

/** At once, without a form: whoever sees a rule go wrong must be able to stop it with one press. */
function OnOff({ rule }: { rule: RuleView }) {
  const t = useAutomationText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const turn = useMutation({
    mutationFn: (enabled: boolean) => api.patch(`/rules/${rule.id}`, { enabled }, RuleView),
    onSuccess: ({ enabled }) => toast({ text: t(enabled ? 'automation.turned_on' : 'automation.turned_off', { name: rule.name }) }),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: KEYS.all }),
  });
  return (
    <Switch aria-label={t('automation.switch', { name: rule.name })} className="px-1" isSelected={turn.isPending ? turn.variables : rule.enabled} isDisabled={turn.isPending} onChange={(on) => turn.mutate(on)}>
      {null}
    </Switch>
  );
}
