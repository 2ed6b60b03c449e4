import { EmptyState } from '../../../../ui/components/EmptyState.tsx';

export const TodayScreen = () => <EmptyState>…</EmptyState>;
