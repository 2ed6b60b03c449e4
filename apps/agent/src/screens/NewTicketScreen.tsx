import { EmptyState } from '../../../../ui/components/EmptyState.tsx';

export const NewTicketScreen = () => <EmptyState>…</EmptyState>;
