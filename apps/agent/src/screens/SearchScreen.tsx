import { EmptyState } from '../../../../ui/components/EmptyState.tsx';

export const SearchScreen = () => <EmptyState>…</EmptyState>;
