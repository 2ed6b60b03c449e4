import type { ReactNode } from 'react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import type { ChatView } from '../../core/contract.ts';
import { useChatText } from '../text.ts';

/** What is known of a visitor, what of it is proven, and where on the site they were. */
export function FactsDialog({ chat: { visitor, widget, rating }, onClose }: { chat: ChatView; onClose: () => void }) {
  const t = useChatText();
  const format = useFormat();
  const { name, email, isProven, attributes, provenAttributes, pages } = visitor;
  return (
    <Dialog isOpen onClose={onClose} title={t('chat.facts')}>
      <div className="flex flex-col gap-4 text-14">
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
          <Fact label={t('chat.facts.widget')}>{widget.name}</Fact>
          {name !== '' && <Fact label={t('chat.facts.name')}>{name}</Fact>}
          {email !== null && <Fact label={t('chat.facts.email')}>{email} <Badge tone={isProven ? 'good' : 'neutral'}>{t(isProven ? 'chat.proven' : 'chat.unproven')}</Badge></Fact>}
          {Object.entries(provenAttributes).map(([key, value]) => <Fact key={`p ${key}`} label={key}>{String(value)} <Badge tone="good">{t('chat.proven')}</Badge></Fact>)}
          {Object.entries(attributes).map(([key, value]) => <Fact key={key} label={key}>{String(value)}</Fact>)}
          {rating && <Fact label={t('chat.facts.rating')}>{t('chat.rated', { score: rating.score })}{rating.comment !== '' && `: ${rating.comment}`}</Fact>}
        </dl>
        {pages.length > 0 && (
          <section>
            <h3 className="mb-1.5 text-12 text-ink-faint">{t('chat.pages')}</h3>
            <ol className="flex flex-col gap-1.5">
              {pages.toReversed().map(({ url, title, at }) => (
                <li key={`${at} ${url}`} className="flex gap-3">
                  <time dateTime={at} className="shrink-0 tabular-nums text-ink-faint">{format.time(at)}</time>
                  <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">{title || url}</span>
                </li>
              ))}
            </ol>
          </section>
        )}
      </div>
    </Dialog>
  );
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <>
    <dt className="text-ink-faint">{label}</dt>
    <dd dir="auto" className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
  </>
);
