import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { KeyRound, RefreshCw } from 'lucide-react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Badge, type Tone } from '../../../../ui/components/Badge.tsx';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { CopyField } from '../../../../ui/components/CopyField.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { Section } from '../../../../ui/layout/Section.tsx';
import { DomainView, type DnsRecord, type RecordState } from '../../core/sending-contract.ts';
import { useEmailText } from '../text.ts';
import { domainsQuery, SENDING } from './queries.ts';

const SIGNING_TONES: Record<DomainView['signing'], Tone> = { none: 'warning', waiting: 'warning', signing: 'good', rotating: 'good' };
const STATE_TONES: Record<RecordState, Tone> = {
  found: 'good', missing: 'danger', different: 'warning', double: 'danger', too_many_lookups: 'danger', unanswered: 'neutral',
};

/** What belongs into the DNS of each domain that mail leaves from, and whether it stands there. */
export function DomainSection() {
  const t = useEmailText();
  return (
    <Section title={t('email.domains')} description={t('email.domains.why')}>
      <PagedRows query={useInfiniteQuery(domainsQuery)} errorText={useErrorText()} empty={<p className="text-13 text-ink-soft">{t('email.domains.empty')}</p>}>
        {(domains) => domains.map((domain) => <Domain key={domain.domain} view={domain} />)}
      </PagedRows>
    </Section>
  );
}

function Domain({ view: { domain, signing, checkedAt, records } }: { view: DomainView }) {
  const t = useEmailText();
  const errorText = useErrorText();
  const format = useFormat();
  const cache = useQueryClient();
  const act = useMutation({
    mutationFn: (what: 'keys' | 'checks') => api.post(`/sending-domains/${encodeURIComponent(domain)}/${what}`, {}, DomainView),
    onSettled: () => cache.invalidateQueries({ queryKey: SENDING }),
  });
  const running = act.isPending ? act.variables : null;
  return (
    <article aria-label={domain} className="rounded-control border border-hairline bg-surface">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-hairline px-3.5 py-2.5">
        <h3 className="font-medium"><bdi dir="ltr">{domain}</bdi></h3>
        <Badge tone={SIGNING_TONES[signing]}>{t(`email.domains.signing.${signing}`)}</Badge>
        <span className="flex-1 text-12 text-ink-faint">{checkedAt ? t('email.domains.checked', { at: format.dateTime(checkedAt) }) : t('email.domains.never_checked')}</span>
        <span className="flex flex-wrap gap-2">
          {(signing === 'none' || signing === 'signing') && (
            <Button size="small" icon={KeyRound} isPending={running === 'keys'} onPress={() => act.mutate('keys')}>
              {t(signing === 'none' ? 'email.domains.make_key' : 'email.domains.rotate')}
            </Button>
          )}
          <Button size="small" icon={RefreshCw} isPending={running === 'checks'} onPress={() => act.mutate('checks')}>{t('email.domains.check')}</Button>
        </span>
      </header>
      {act.error && <Banner tone="danger" shape="edge">{errorText(act.error)}</Banner>}
      <ul>{records.map((record) => <Record key={`${record.kind} ${record.name}`} record={record} />)}</ul>
    </article>
  );
}

function Record({ record }: { record: DnsRecord }) {
  const t = useEmailText();
  const { kind, state, there, isRetired } = record;
  return (
    <li className="flex flex-col gap-2 border-b border-hairline px-3.5 py-3 last:border-0">
      <div className="flex flex-wrap items-center gap-2">
        <h4 className="text-13 font-medium">{t(`email.domains.kind.${kind}`)}</h4>
        {state && <Badge tone={toneOf(record, state)}>{t(`email.domains.state.${state}`)}</Badge>}
      </div>
      <p className="max-w-reading text-13 text-ink-faint">{t(isRetired ? 'email.domains.hint.retired' : `email.domains.hint.${kind}`)}</p>
      {!isRetired && <Values record={record} />}
      {!isRetired && kind !== 'mx' && isMended(state) && <p className="max-w-reading text-13">{t(`email.domains.mend.${state}`)}</p>}
      {state !== 'found' && there.map((words) => (
        <p key={words} dir="auto" className="text-12 text-ink-soft [overflow-wrap:anywhere]">{t('email.domains.there', { words: isolated(words) })}</p>
      ))}
    </li>
  );
}

const Values = ({ record: { type, name, value, zone } }: { record: DnsRecord }) => {
  const t = useEmailText();
  return (
    <div className="grid grid-cols-[2fr_3fr] items-start gap-3 max-wide:grid-cols-1">
      <CopyField label={t('email.domains.name')} value={name} />
      <CopyField label={t('email.domains.value', { type })} value={value} />
      {zone !== `"${value}"` && zone !== value && <CopyField label={t('email.domains.zone')} value={zone} />}
    </div>
  );
};

/** Mail may well arrive elsewhere, and an old key may well be gone: neither is trouble. */
const toneOf = ({ kind, isRetired }: DnsRecord, state: RecordState): Tone => (isRetired || (kind === 'mx' && state !== 'found') ? 'neutral' : STATE_TONES[state]);

/** States about which there is something to say beside the name. */
const MENDED = ['missing', 'double', 'too_many_lookups', 'unanswered'] as const;
const isMended = (state: RecordState | null): state is (typeof MENDED)[number] => MENDED.some((one) => one === state);
