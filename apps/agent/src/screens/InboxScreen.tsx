import { EmptyState } from '../../../../ui/components/EmptyState.tsx';

export const InboxScreen = () => <EmptyState>…</EmptyState>;
