import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { UsersRound } from 'lucide-react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import { PagedRows } from '../../../ui/components/PagedRows.tsx';
import { Pane } from '../../../ui/layout/Pane.tsx';
import { LikenessCards } from './LikenessCards.tsx';
import { likenessesOf, likenessesQuery } from './queries.ts';
import { useCustomersText } from './text.ts';

type AlikeProps = { mayChange: boolean; hrefOf: (id: string) => string };

/** All records that may be of one person, the surest first. */
export function AlikePane({ mayChange, hrefOf, onBack }: AlikeProps & { onBack: () => void }) {
  const t = useCustomersText();
  const query = useInfiniteQuery(likenessesQuery);
  return (
    <Pane title={t('customers.alike')} level={1} back={{ label: t('customers.to_list'), onBack }}>
      <div className="flex max-w-page flex-col gap-4 px-5 py-5">
        <p className="max-w-reading text-13 text-ink-faint">{t('customers.alike.what')}</p>
        <PagedRows query={query} errorText={useErrorText()} empty={<EmptyState icon={UsersRound}>{t('customers.alike.none')}</EmptyState>}>
          {(items) => <LikenessCards items={items} besideId={null} hasKeys mayChange={mayChange} hrefOf={hrefOf} label={t('customers.alike')} />}
        </PagedRows>
      </div>
    </Pane>
  );
}

/** Who else may be this person; nothing where nobody may. */
export function AlikePart({ customerId, ...props }: AlikeProps & { customerId: string; hasKeys: boolean }) {
  const t = useCustomersText();
  const { data: items = [] } = useQuery(likenessesOf(customerId));
  if (items.length === 0) return null;
  return (
    <section className="border-t border-hairline px-5 py-4">
      <h3 className="mb-2 text-12 font-medium text-ink-faint">{t('customers.alike.part')}</h3>
      <LikenessCards items={items} besideId={customerId} {...props} label={t('customers.alike.part')} />
    </section>
  );
}
