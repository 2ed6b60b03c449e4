import { useQuery } from '@tanstack/react-query';
import { CalendarsScreen } from '../../../../features/calendars/agent/settings/CalendarsScreen.tsx';
import { mailboxesQuery } from '../../../../features/email/agent/settings/queries.ts';
import { widgetsQuery } from '../../../../features/chat/agent/queries.ts';
import { meQuery } from '../../../../features/people/agent/queries.ts';
import { CHANNELS } from '../../../../features/tickets/core/contract.ts';
import { useT } from '../../../../platform/browser/i18n.ts';

export function HoursScreen() {
  const t = useT();
  const { data: me } = useQuery(meQuery);
  const mailboxes = useQuery({ ...mailboxesQuery, enabled: me?.permissions.includes('mailboxes.list') ?? false });
  const widgets = useQuery({ ...widgetsQuery, enabled: me?.permissions.includes('chat.read') ?? false });
  return me && (
    <CalendarsScreen
      mayManage={me.permissions.includes('calendars.manage')} timeZone={me.workspace.timeZone}
      channels={CHANNELS.map((id) => ({ id, label: t(`tickets.channel.${id}`) }))} mailboxes={(mailboxes.data?.items ?? []).map(({ id, address }) => ({ id, label: address }))}
      widgets={(widgets.data ?? []).map(({ id, name }) => ({ id, label: name }))}
    />
  );
}
