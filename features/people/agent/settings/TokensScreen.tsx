import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import type { TokenView } from '../../core/contract.ts';
import { tokensQuery } from '../queries.ts';
import { usePeopleText } from '../text.ts';
import { TokenDialog } from './TokenDialog.tsx';

type Token = z.infer<typeof TokenView>;

/** Keys for programs that act in one's name. */
export function TokensScreen() {
  const t = usePeopleText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const tokens = useQuery(tokensQuery);
  const [isMaking, setMaking] = useState(false);
  const [doomed, setDoomed] = useState<Token | null>(null);
  const revoke = useMutation({
    mutationFn: (id: string) => api.delete(`/tokens/${id}`),
    onSettled: () => cache.invalidateQueries(tokensQuery),
  });

  const make = (
    <Button tone="primary" icon={Plus} onPress={() => setMaking(true)}>
      {t('people.tokens.new')}
    </Button>
  );
  if (tokens.isError) return <ErrorState onRetry={() => void tokens.refetch()}>{errorText(tokens.error)}</ErrorState>;
  if (!tokens.data) return <SkeletonRows count={2} />;
  return (
    <>
      <div className="mb-4 flex items-start justify-between gap-4">
        <p className="max-w-reading text-13 text-ink-faint">{t('people.tokens.why')}</p>
        {tokens.data.items.length > 0 && make}
      </div>
      {tokens.data.items.length === 0 ? (
        <EmptyState icon={KeyRound} action={make}>
          {t('people.tokens.empty')}
        </EmptyState>
      ) : (
        <RowList label={t('people.tokens')}>
          {tokens.data.items.map((token) => (
            <TokenRow key={token.id} token={token} onRevoke={() => setDoomed(token)} />
          ))}
        </RowList>
      )}
      <TokenDialog isOpen={isMaking} onClose={() => setMaking(false)} />
      <ConfirmDialog
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        title={t('people.tokens.revoke_title', { name: doomed?.name ?? '' })}
        verb={t('people.tokens.revoke')}
        onConfirm={async () => doomed && revoke.mutateAsync(doomed.id)}
        errorText={errorText}
      >
        {t('people.tokens.revoke_why')}
      </ConfirmDialog>
    </>
  );
}

function TokenRow({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const t = usePeopleText();
  const format = useFormat();
  const now = useNow(60_000);
  const isOver = Date.parse(token.expiresAt) < now.getTime();
  const use = token.lastUsedAt ? t('people.tokens.used', { when: format.relative(token.lastUsedAt, now) }) : t('people.tokens.unused');
  return (
    <ListRow
      title={token.name}
      badges={token.scopes.map((scope) => (
        <Badge key={scope}>{t(`people.scope.${scope}`)}</Badge>
      ))}
      detail={`${t(isOver ? 'people.tokens.expired' : 'people.tokens.expires', { when: format.date(token.expiresAt) })} · ${use}`}
      actions={
        <Button size="small" onPress={onRevoke} aria-label={t('people.tokens.revoke_title', { name: token.name })}>
          {t('people.tokens.revoke')}
        </Button>
      }
    />
  );
}
