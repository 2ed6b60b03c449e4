import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { Pane } from '../../../../ui/layout/Pane.tsx';
import type { LedgerItem } from '../../core/contract.ts';
import { Fact, Facts } from '../Fact.tsx';
import { MissingMail } from '../MissingMail.tsx';
import { useEmailText } from '../text.ts';
import { ledgerOne } from './queries.ts';
import { rawOf } from './raw.ts';

type LedgerMessageProps = {
  messageId: string; onBack: () => void; addressOf: (mailboxId: string) => string;
  ticketHref: (ticketId: string) => string; quarantineHref: (messageId: string) => string;
};

/** One message that was accepted: what became of it, and where it is now. */
export function LedgerMessage({ messageId, onBack, addressOf, ticketHref, quarantineHref }: LedgerMessageProps) {
  const t = useEmailText();
  const query = useQuery(ledgerOne(messageId));
  const { data: item } = query;
  const back = { label: t('ledger.back'), onBack };
  if (!item) return <MissingMail query={query} title={t('ledger.title')} back={back} />;
  return (
    <Pane
      level={1}
      title={item.subject || t('outbox.no_subject')}
      back={back}
      actions={item.quarantine?.state !== 'purged' && <Button size="small" icon={Download} onPress={() => rawOf(item.id)}>{t('quarantine.raw')}</Button>}
    >
      <div className="flex flex-col gap-5 px-6 py-5 max-wide:px-4">
        <p className="max-w-reading">{t(`ledger.became.${item.state}`)}</p>
        <div className="flex gap-4 empty:hidden">
          {item.ticketId && <Link href={ticketHref(item.ticketId)}>{t('outbox.open_ticket')}</Link>}
          {item.quarantine && item.state === 'quarantined' && <Link href={quarantineHref(item.id)}>{t('ledger.open_quarantine')}</Link>}
        </div>
        <About item={item} mailbox={addressOf(item.mailboxId)} />
      </div>
    </Pane>
  );
}

const About = ({ item, mailbox }: { item: LedgerItem; mailbox: string }) => {
  const t = useEmailText();
  const format = useFormat();
  return (
    <Facts>
      <Fact name={t('quarantine.line.from')}><bdi dir="ltr">{item.from ?? t('quarantine.no_sender')}</bdi></Fact>
      <Fact name={t('quarantine.line.to')}><bdi dir="ltr">{item.to.join(', ')}</bdi></Fact>
      <Fact name={t('ledger.line.mailbox')}><bdi dir="ltr">{mailbox}</bdi></Fact>
      <Fact name={t('quarantine.line.arrived')}>{format.dateTime(item.receivedAt)}</Fact>
      <Fact name={t('ledger.line.quarantine')}>
        {item.quarantine && `${t(`quarantine.reason.${item.quarantine.reason}`)} · ${t(`quarantine.state.${item.quarantine.state}`)}`}
      </Fact>
      <Fact name={t('ledger.line.note')}>{item.reason && !item.quarantine && <span dir="auto" className="written">{item.reason}</span>}</Fact>
      <Fact name="Message-ID">{item.messageId && <bdi dir="ltr">{item.messageId}</bdi>}</Fact>
      <Fact name="SHA-256"><bdi dir="ltr" className="tabular-nums">{item.sha256}</bdi></Fact>
    </Facts>
  );
};
