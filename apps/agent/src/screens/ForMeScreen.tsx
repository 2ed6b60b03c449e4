import { AskList } from '../../../../features/asks/agent/AskList.tsx';
import { useAsksText } from '../../../../features/asks/agent/text.ts';
import { ReminderList } from '../../../../features/reminders/agent/ReminderList.tsx';
import { useRemindersText } from '../../../../features/reminders/agent/text.ts';
import { Section } from '../../../../ui/layout/Section.tsx';
import { useAppText } from '../text.ts';
import { useMe } from './use-desk-parts.tsx';

const ticketHref = (id: string): string => `/inbox/active/${id}`;

/** What somebody is asked, asked themself, and wants to be reminded of. */
export function ForMeScreen() {
  const t = useAppText();
  const asks = useAsksText();
  const reminders = useRemindersText();
  const me = useMe();
  return (
    <div className="h-full overflow-auto">
      <title>{`${t('app.for_me')} · Rapport`}</title>
      <div className="mx-auto flex w-full max-w-page flex-col gap-5 px-8 py-7 max-wide:px-4 max-wide:py-4">
        <header>
          <h1 className="text-20 font-semibold">{t('app.for_me')}</h1>
          <p className="mt-1 max-w-reading text-13 text-ink-faint">{t('app.for_me.why')}</p>
        </header>
        <div>
          <Section title={asks('asks.list.mine')}><AskList list="mine" meId={me.id} ticketHref={ticketHref} /></Section>
          <Section title={reminders('reminders.list')}><ReminderList meId={me.id} ticketHref={ticketHref} /></Section>
          <Section title={asks('asks.list.by_me')}><AskList list="by_me" meId={me.id} ticketHref={ticketHref} /></Section>
        </div>
      </div>
    </div>
  );
}
