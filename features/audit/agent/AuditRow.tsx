import { useFormat } from '../../../platform/browser/format.ts';
import { Badge, type Tone } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { ListRow } from '../../../ui/layout/Section.tsx';
import type { AuditChange, AuditLineView } from '../core/contract.ts';
import { useAuditText } from './text.ts';
import { actionWords, actorWords, fieldWords, kindWords, valueWords } from './words.ts';

type Names = Readonly<Record<string, string>>;

const TONES: Readonly<Record<AuditLineView['action'], Tone>> = { created: 'good', changed: 'neutral', removed: 'danger', used: 'neutral', refused: 'warning', exported: 'warning' };
/** Beyond these signs a value stands folded. */
const SHORT = 160;

/** One line: what it was about, what was done, by whom, and what is different now. */
export function AuditRow({ line, names, onOnly }: { line: AuditLineView; names: Names; onOnly?: (thing: string) => void }) {
  const t = useAuditText();
  const name = line.label || names[line.thing] || (line.kind === 'export' ? line.thing : '');
  return (
    <ListRow
      title={<><span>{kindWords(t, line.kind)}</span>{name !== '' && <>{': '}<bdi>{name}</bdi></>}</>}
      badges={<Badge tone={TONES[line.action]}>{actionWords(t, line)}</Badge>}
      detail={
        <>
          <Whence line={line} names={names} />
          {line.kind !== 'session' && <Changes changes={line.changes} names={names} />}
        </>
      }
      actions={onOnly && line.thing !== '' && line.kind !== 'export' && <Button size="small" onPress={() => onOnly(line.thing)}>{t('audit.only_this')}</Button>}
    />
  );
}

function Whence({ line, names }: { line: AuditLineView; names: Names }) {
  const t = useAuditText();
  const format = useFormat();
  return (
    <span className="block">
      <bdi>{actorWords(t, line.actor)}</bdi>{line.tokenId !== null && <> · {t('audit.with_token', { name: names[line.tokenId] ?? line.tokenId })}</>} · {format.dateTime(line.at)}
      {line.address !== '' && <> · <bdi dir="ltr">{line.address}</bdi></>}
    </span>
  );
}

function Changes({ changes, names }: { changes: readonly AuditChange[]; names: Names }) {
  const t = useAuditText();
  if (changes.length === 0) return null;
  return (
    <dl className="mt-1 flex flex-col gap-0.5">
      {changes.map((change) => (
        <div key={change.field} className="flex flex-wrap gap-x-2">
          <dt className="text-ink-soft">{fieldWords(t, change.field)}</dt>
          <dd className="min-w-0 text-ink">{change.kept ? <FromTo change={change} names={names} /> : t('audit.not_kept')}</dd>
        </div>
      ))}
    </dl>
  );
}

function FromTo({ change, names }: { change: AuditChange; names: Names }) {
  const t = useAuditText();
  const format = useFormat();
  const [from, to] = [valueWords(t, format, names, change.from), valueWords(t, format, names, change.to)];
  if (from.length + to.length <= SHORT) {
    return change.from === null ? <bdi>{to}</bdi> : <>{t('audit.from')} <bdi>{from}</bdi> {t('audit.to')} <bdi>{to}</bdi></>;
  }
  return (
    <details>
      <summary className="w-fit cursor-default rounded-[3px] py-0.75 text-13 text-ink-soft">{t('audit.action.changed')}</summary>
      <p className="mt-1 text-ink-soft">{t('audit.from')}</p>
      <pre dir="auto" className="rounded-control bg-sunken p-2 text-12 whitespace-pre-wrap [overflow-wrap:anywhere]">{from}</pre>
      <p className="mt-1 text-ink-soft">{t('audit.to')}</p>
      <pre dir="auto" className="rounded-control bg-sunken p-2 text-12 whitespace-pre-wrap [overflow-wrap:anywhere]">{to}</pre>
    </details>
  );
}
