import { useInfiniteQuery } from '@tanstack/react-query';
import { CalendarCheck, Check, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import type { CommitmentFilter, CommitmentView } from '../../core/contract.ts';
import { commitmentsQuery } from '../queries.ts';
import type { PutIntoReply } from '../RenegotiateDialog.tsx';
import { useCommitmentsText } from '../text.ts';
import { usePromiseActions } from '../use-promise-actions.tsx';
import { useCommitmentWords } from '../words.ts';

const WHOSE = ['mine', 'team', 'all'] as const;
const STATES = ['open', 'due', 'broken', 'ended'] as const;

const OWNERS: Record<(typeof WHOSE)[number], Partial<CommitmentFilter>> = { mine: { owner: 'me' }, team: { team: 'mine' }, all: {} };

type PromisesScreenProps = { meId: string; mayChange: boolean; ticketHref: (ticketId: string) => string; /** Null for who may not see figures. */ figuresHref: string | null; putIntoReply: PutIntoReply };

/** What was promised to customers, those that are due first at the top: one's own, one's teams', or everybody's. */
export function PromisesScreen({ meId, mayChange, ticketHref, figuresHref, putIntoReply }: PromisesScreenProps) {
  const t = useCommitmentsText();
  const errorText = useErrorText();
  const [whose, setWhose] = useState<(typeof WHOSE)[number]>('mine');
  const [state, setState] = useState<(typeof STATES)[number]>('open');
  const query = useInfiniteQuery(commitmentsQuery({ state, ...OWNERS[whose] }));
  const actions = usePromiseActions({ meId: mayChange ? meId : null, putIntoReply });
  return (
    <div className="h-full overflow-auto">
      <div className="mx-auto flex w-full max-w-page flex-col gap-5 px-8 py-7 max-wide:px-4 max-wide:py-4">
        <header>
          <h1 className="text-20 font-semibold">{t('commitments.promises')}</h1>
          <p className="mt-1 max-w-reading text-13 text-ink-faint">{t('commitments.why')}</p>
          {figuresHref !== null && <p className="mt-2 text-13"><Link href={figuresHref}>{t('commitments.figures')}</Link></p>}
        </header>
        <div className="flex flex-wrap gap-3">
          <Select label={t('commitments.whose')} options={WHOSE.map((id) => ({ id, label: t(`commitments.whose.${id}`) }))} value={whose} onChange={setWhose} className="w-48" />
          <Select label={t('commitments.which')} options={STATES.map((id) => ({ id, label: t(`commitments.which.${id}`) }))} value={state} onChange={setState} className="w-48" />
        </div>
        <PagedRows query={query} errorText={errorText} empty={<EmptyState icon={CalendarCheck}>{t(whose === 'mine' && state === 'open' ? 'commitments.empty_mine' : 'commitments.empty')}</EmptyState>}>
          {(promises) => (
            <RowList label={t('commitments.promises')}>
              {promises.map((promise) => <Row key={promise.id} promise={promise} href={ticketHref(promise.ticket.id)} actions={actions} withOwner={whose !== 'mine'} />)}
            </RowList>
          )}
        </PagedRows>
        {actions.dialogs}
      </div>
    </div>
  );
}

type RowProps = { promise: CommitmentView; href: string; actions: ReturnType<typeof usePromiseActions>; withOwner: boolean };

function Row({ promise, href, actions, withOwner }: RowProps) {
  const t = useCommitmentsText();
  const words = useCommitmentWords();
  const now = useNow(30_000);
  const { word, tone } = words.state(promise, now);
  const label = t('commitments.actions', { what: promise.what });
  return (
    <ListRow
      title={promise.kind === 'apology' ? t('commitments.apology', { what: promise.what }) : promise.what}
      badges={<Badge tone={tone}>{word}</Badge>}
      detail={<Detail promise={promise} href={href} now={now} withOwner={withOwner} />}
      actions={promise.endedAt === null && actions.mayAct && (
        <>
          <Button size="small" icon={Check} onPress={() => actions.keep(promise)} isDisabled={actions.isKeeping} aria-label={t('commitments.keep_one', { what: promise.what })}>{t('commitments.keep')}</Button>
          <Menu label={label} placement="bottom end" trigger={<IconButton icon={Ellipsis} label={label} />} groups={actions.menuOf(promise)} />
        </>
      )}
    />
  );
}

function Detail({ promise, href, now, withOwner }: Pick<RowProps, 'promise' | 'href' | 'withOwner'> & { now: Date }) {
  const t = useCommitmentsText();
  const words = useCommitmentWords();
  const isOpen = promise.endedAt === null;
  return (
    <>
      <span className="block tabular-nums">
        {words.due(promise)}{isOpen && <> · {words.left(promise, now)}</>}
        {isOpen && promise.previous && promise.toldAt === null && <span className="text-note-ink"> · {t('commitments.not_told')}</span>}
      </span>
      <span className="block">
        <bdi>{promise.customer.name || t('commitments.nameless')}</bdi> · <Link href={href}><span dir="ltr" className="tabular-nums">#{promise.ticket.number}</span> <bdi>{promise.ticket.subject || t('commitments.no_subject')}</bdi></Link>
        {withOwner && <> · <bdi>{promise.owner.name}</bdi></>}
        {isOpen && promise.standsFor && <> · {t('commitments.stands_in', { name: isolated(promise.standsFor.name) })}</>}
      </span>
      {promise.note && <span dir="auto" className="block">{promise.note}</span>}
    </>
  );
}
