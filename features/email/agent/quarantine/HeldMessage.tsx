import { useQuery } from '@tanstack/react-query';
import { Download, Paperclip, ShieldCheck, Trash2 } from 'lucide-react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { Pane } from '../../../../ui/layout/Pane.tsx';
import type { QuarantineDetail } from '../../core/quarantine-contract.ts';
import { Fact, Facts } from '../Fact.tsx';
import { MissingMail } from '../MissingMail.tsx';
import { rawOf } from '../ledger/raw.ts';
import { useHeldWords } from '../spam/held-words.ts';
import { useEmailText } from '../text.ts';
import { quarantineOne, type Verb } from './queries.ts';
import { REASON_TONES } from './words.ts';

type HeldMessageProps = { messageId: string; isBusy: boolean; onBack: () => void; onAct: (verb: Verb) => void; ticketHref: (ticketId: string) => string };

/** What was held back, why, and what to do about it. Nothing in it is loaded or can be pressed. */
export function HeldMessage({ messageId, isBusy, onBack, onAct, ticketHref }: HeldMessageProps) {
  const t = useEmailText();
  const query = useQuery(quarantineOne(messageId));
  const { data: message } = query;

  const back = { label: t('quarantine.back'), onBack };
  if (!message) return <MissingMail query={query} title={t('quarantine.title')} back={back} />;
  return (
    <Pane
      level={1}
      title={<span className="max-roomy:sr-only">{message.subject || t('outbox.no_subject')}</span>}
      back={back}
      actions={<Verbs message={message} isBusy={isBusy} onAct={onAct} />}
    >
      <div className="flex flex-col gap-5 px-6 py-5 max-wide:px-4">
        {/* Beside the verbs there is no room for it. */}
        <p aria-hidden dir="auto" className="text-16 leading-heading font-semibold roomy:hidden">{message.subject}</p>
        <Why message={message} />
        <About message={message} ticketHref={ticketHref} />
        <div dir="auto" className="written max-w-reading border-t border-hairline pt-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {message.state === 'purged' ? t('quarantine.purged') : message.text ?? t('quarantine.unreadable')}
        </div>
        <Enclosed files={message.attachments} />
      </div>
    </Pane>
  );
}

const isUndecided = ({ state }: QuarantineDetail): boolean => state === 'held' || state === 'discarded';

const Verbs = ({ message, isBusy, onAct }: { message: QuarantineDetail; isBusy: boolean; onAct: (verb: Verb) => void }) => {
  const t = useEmailText();
  return (
    <>
      {message.state !== 'purged' && <IconButton label={t('quarantine.raw')} icon={Download} onPress={() => rawOf(message.id)} />}
      {isUndecided(message) && <Button size="small" icon={ShieldCheck} keys="R" isDisabled={isBusy} onPress={() => onAct('release')}>{t('quarantine.release')}</Button>}
      {message.state === 'held' && <Button size="small" tone="danger" icon={Trash2} keys="D" isDisabled={isBusy} onPress={() => onAct('discard')}>{t('quarantine.discard')}</Button>}
    </>
  );
};

const Why = ({ message }: { message: QuarantineDetail }) => {
  const t = useEmailText();
  const heldWords = useHeldWords();
  const format = useFormat();
  return (
    <>
      <Banner tone="warning">
        {t(`quarantine.why.${message.reason}`)}
        {message.words && <span dir="auto" className="mt-1 block text-12 whitespace-pre-wrap">{heldWords(message.words).join('\n')}</span>}
      </Banner>
      {message.purgeAt && isUndecided(message) && <Banner>{t('quarantine.purges', { when: format.dateTime(message.purgeAt) })}</Banner>}
    </>
  );
};

const Enclosed = ({ files }: { files: QuarantineDetail['attachments'] }) => {
  const t = useEmailText();
  const format = useFormat();
  if (files.length === 0) return null;
  return (
    <ul aria-label={t('quarantine.attachments')} className="flex flex-col gap-1 text-13 text-ink-soft">
      {files.map(({ name, size }, index) => (
        <li key={index} className="flex items-center gap-2">
          <Paperclip aria-hidden size={14} strokeWidth={1.75} className="shrink-0" />
          <bdi className="min-w-0 truncate">{name}</bdi> <span className="text-ink-faint">{format.bytes(size)}</span>
        </li>
      ))}
    </ul>
  );
};

const About = ({ message, ticketHref }: { message: QuarantineDetail; ticketHref: (ticketId: string) => string }) => {
  const t = useEmailText();
  const format = useFormat();
  return (
    <Facts>
      <Fact name={t('quarantine.line.reason')}><Badge tone={REASON_TONES[message.reason]}>{t(`quarantine.reason.${message.reason}`)}</Badge></Fact>
      <Fact name={t('quarantine.line.from')}><bdi>{message.fromName}</bdi> <bdi dir="ltr">{message.from || t('quarantine.no_sender')}</bdi></Fact>
      <Fact name={t('quarantine.line.to')}><bdi dir="ltr">{message.to.join(', ')}</bdi></Fact>
      <Fact name={t('quarantine.line.arrived')}>{format.dateTime(message.receivedAt)}</Fact>
      <Fact name={t('quarantine.line.sender_check')}>{t(`quarantine.verdict.${message.verdict ?? 'unknown'}`)}</Fact>
      <Fact name={t('quarantine.line.decided')}>
        {message.decidedBy && t(`quarantine.decided.${message.state === 'discarded' ? 'discarded' : 'released'}`, { name: message.decidedBy.name })}
      </Fact>
      <Fact name={t('outbox.line.ticket')}>{message.ticketId && <Link href={ticketHref(message.ticketId)}>{t('outbox.open_ticket')}</Link>}</Fact>
    </Facts>
  );
};
