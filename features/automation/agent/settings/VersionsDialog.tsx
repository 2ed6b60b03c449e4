import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { type RuleVersionView, RuleView } from '../../core/contract.ts';
import { changesBetween } from '../../core/versions.ts';
import type { Names } from '../names.ts';
import { KEYS, versionsQuery } from '../queries.ts';
import { useAutomationText } from '../text.ts';
import { useRuleWords } from '../words.ts';

type VersionsDialogProps = { rule: RuleView | null; names: Names; onClose: () => void };

/** What a rule said before, what changed each time, and the way back. */
export function VersionsDialog({ rule, names, onClose }: VersionsDialogProps) {
  const t = useAutomationText();
  return (
    <Dialog isOpen={rule !== null} onClose={onClose} title={t('automation.versions_of', { name: isolated(rule?.name ?? '') })} size="wide">
      {rule && <Versions rule={rule} names={names} onClose={onClose} />}
    </Dialog>
  );
}

function Versions({ rule, names, onClose }: { rule: RuleView; names: Names; onClose: () => void }) {
  const t = useAutomationText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const restore = useMutation({
    mutationFn: (version: number) => api.post(`/rules/${rule.id}/restorations`, { version }, RuleView),
    onSuccess: (_rule, version) => {
      toast({ text: t('automation.restored', { version }) });
      onClose();
    },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: KEYS.all }),
  });
  return (
    <PagedRows query={useInfiniteQuery(versionsQuery(rule.id))} errorText={errorText} empty={null}>
      {(versions) => (
        <ol className="flex flex-col">
          {versions.map((one, index) => (
            <VersionRow
              key={one.version} one={one} before={versions[index + 1] ?? null} isNow={one.version === rule.version} names={names}
              isPending={restore.isPending && restore.variables === one.version} onRestore={() => restore.mutate(one.version)}
            />
          ))}
        </ol>
      )}
    </PagedRows>
  );
}

type VersionRowProps = { one: RuleVersionView; before: RuleVersionView | null; isNow: boolean; names: Names; isPending: boolean; onRestore: () => void };

function VersionRow({ one, before, isNow, names, isPending, onRestore }: VersionRowProps) {
  const t = useAutomationText();
  const format = useFormat();
  const words = useRuleWords(names);
  // What the last of a page changed is told with the next page.
  const isKnown = before !== null || one.version === 1;
  const changes = isKnown ? changesBetween(before?.definition ?? null, one.definition, words) : [];
  const title = t('automation.version', { version: one.version });
  return (
    <li className="flex flex-col gap-2 border-b border-hairline py-3 first:pt-0 last:border-0">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <h3 className="font-medium">{title}</h3>
        {isNow && <Badge tone="good">{t('automation.version.now')}</Badge>}
        <span className="text-13 text-ink-faint">
          <bdi>{one.changedBy?.name ?? t('automation.version.itself')}</bdi> · <time dateTime={one.changedAt} title={format.inFull(one.changedAt)}>{format.dateTime(one.changedAt)}</time>
        </span>
        {!isNow && <Button size="small" className="ms-auto" isPending={isPending} onPress={onRestore} aria-label={t('automation.restore_one', { version: one.version })}>{t('automation.restore')}</Button>}
      </div>
      <dl className="grid grid-cols-[11rem_1fr] gap-x-4 gap-y-1.5 text-13 max-wide:grid-cols-1">
        {changes.map(({ part, from, to }) => (
          <div key={part} className="contents">
            <dt className="text-ink-faint">{t(`automation.part.${part}`)}</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">
              {from !== null && <del className="block text-ink-faint"><bdi>{from}</bdi></del>}
              <ins className="block no-underline"><bdi>{to}</bdi></ins>
            </dd>
          </div>
        ))}
      </dl>
      {isKnown && changes.length === 0 && <p className="text-13 text-ink-faint">{t('automation.version.same')}</p>}
    </li>
  );
}
