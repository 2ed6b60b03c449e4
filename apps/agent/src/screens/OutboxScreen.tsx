import { EmptyState } from '../../../../ui/components/EmptyState.tsx';

export const OutboxScreen = () => <EmptyState>…</EmptyState>;
