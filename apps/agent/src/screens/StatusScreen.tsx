import { StatusScreen as Status } from '../../../../features/status/agent/StatusScreen.tsx';
import { useTicketConditions } from './conditions-seat.tsx';

export const StatusScreen = () => <Status conditions={useTicketConditions()} />;
