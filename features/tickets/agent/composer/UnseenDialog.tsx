import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { classes } from '../../../../ui/classes.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { RelativeTime } from '../../../../ui/components/RelativeTime.tsx';
import type { UnseenEntry } from '../../core/unseen.ts';
import { useTicketsText } from '../text.ts';

type UnseenDialogProps = { entries: readonly UnseenEntry[]; onBack: () => void; onAnyway: () => void };

/** What was said while somebody wrote, before their answer goes. */
export function UnseenDialog({ entries, onBack, onAnyway }: UnseenDialogProps) {
  const t = useTicketsText();
  return (
    <Dialog
      isOpen={entries.length > 0}
      onClose={onBack}
      title={t('tickets.unseen.title')}
      footer={
        <>
          <Button tone="primary" onPress={onBack} autoFocus>{t('tickets.warning.back')}</Button>
          <Button onPress={onAnyway}>{t('tickets.warning.send_anyway')}</Button>
        </>
      }
    >
      <p className="text-ink-soft">{t('tickets.unseen.lead', { count: entries.length })}</p>
      <ul className="mt-3 flex max-h-80 flex-col gap-3 overflow-auto">
        {entries.map((entry) => <li key={entry.id}><Words entry={entry} /></li>)}
      </ul>
    </Dialog>
  );
}

const Words = ({ entry: { direction, author, text, createdAt } }: { entry: UnseenEntry }) => {
  const t = useTicketsText();
  const format = useFormat();
  const now = useNow(30_000);
  return (
    <article className={classes('border-s-2 ps-3', direction === 'in' ? 'border-accent' : 'border-border')}>
      <div className="flex items-baseline gap-2 text-13">
        <span className="min-w-0 flex-1 truncate font-medium">{t(direction === 'in' ? 'tickets.unseen.from_customer' : 'tickets.unseen.from_colleague', { name: isolated(author) })}</span>
        <span className="text-12 text-ink-faint"><RelativeTime at={createdAt} inFull={format.inFull(createdAt)}>{format.brief(createdAt, now)}</RelativeTime></span>
      </div>
      <p dir="auto" className="mt-0.5 whitespace-pre-wrap text-ink-soft [overflow-wrap:anywhere]">{text}</p>
    </article>
  );
};
