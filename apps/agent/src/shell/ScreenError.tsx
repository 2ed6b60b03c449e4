import type { ErrorComponentProps } from '@tanstack/react-router';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Link } from '../../../../ui/components/Link.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { useAppText } from '../text.ts';

/** A screen that fell over takes nothing else with it; a stale page after an upgrade is fetched anew. */
export function ScreenError({ error, reset }: ErrorComponentProps) {
  const t = useAppText();
  const errorText = useErrorText();
  const isOldPage = /dynamically imported module|Importing a module script failed/.test(String(error));
  return (
    <ErrorState onRetry={isOldPage ? () => location.reload() : reset}>{isOldPage ? t('app.new_version') : errorText(error)}</ErrorState>
  );
}

export function NotFound() {
  const t = useAppText();
  return <EmptyState action={<Link href="/">{t('app.to_inbox')}</Link>}>{t('app.not_found')}</EmptyState>;
}
