import { RequestsScreen as Requests } from '../../../../features/requests/agent/RequestsScreen.tsx';
import { useMe } from './use-desk-parts.tsx';

export const RequestsScreen = () => <Requests mayChange={useMe().permissions.includes('workspace.manage')} />;
