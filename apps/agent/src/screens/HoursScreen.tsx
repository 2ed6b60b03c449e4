import { useQuery } from '@tanstack/react-query';
import { CalendarsScreen } from '../../../../features/calendars/agent/settings/CalendarsScreen.tsx';
import { meQuery } from '../../../../features/people/agent/queries.ts';

export function HoursScreen() {
  const { data: me } = useQuery(meQuery);
  return me && <CalendarsScreen mayManage={me.permissions.includes('calendars.manage')} timeZone={me.workspace.timeZone} />;
}
