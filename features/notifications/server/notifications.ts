import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { Vault } from '../../../platform/config/vault.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import type { Push } from '../../../platform/push/push.ts';
import { minutesOf } from '../../calendars/core/week.ts';
import { demand } from '../../people/core/permissions.ts';
import type { Routing } from '../../routing/server/routing.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import type { NoticeView, PreferencesPut, PreferencesView, ReadMarks, Times as TimesView, Unread } from '../core/contract.ts';
import { KINDS, MAILS, USUAL, type Kind, type Preference } from '../core/kinds.ts';
import { clockTime, mailMoment } from '../core/times.ts';
import { createDevices } from './devices.ts';
import { createFollowing } from './following.ts';
import { createMailing } from './mailing.ts';
import { createMeanwhile } from './meanwhile.ts';
import { createPushing } from './pushing.ts';
import { preferencesOf, retime, savePreference, saveTimes, timesOf, type StoredTimes } from './preference-store.ts';
import { countUnread, markHere, markRead, noticePage, type ShownNotice } from './store.ts';

export type Notifications = ReturnType<typeof createNotifications>;

/** As far as anybody counts. */
const MOST_COUNTED = 99;

/** The front door of the notifications room: how people hear of what concerns them. Tells `notice.added` and `notice.read`, with the person as subject. */
export function createNotifications({ db, now, machineNow, emit, outbox, workspaces, tickets, routing, push, vault, sender, publicUrl, isInSight, log }: {
  db: Database; now: Now; machineNow: Now; emit: Emit; outbox: Pick<Outbox, 'queue'>; workspaces: Pick<Workspaces, 'get'>; tickets: Pick<Tickets, 'find'>; routing: Pick<Routing, 'deputiesOf' | 'requirePast'>;
  push: Push; vault: Vault;
  /** In whose name mails go out. */
  sender: string;
  publicUrl: string; log: Log;
  /** Whether somebody has a ticket before them at this moment. */
  isInSight: (workspaceId: string, ticketId: string, personId: string) => boolean;
}) {
  const work = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, 'tickets.read');
    return db.work(actor.workspaceId, act);
  };
  const change = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, 'tickets.note');
    return db.work(actor.workspaceId, act);
  };

  async function unreadOf(tx: Tx, actor: Actor): Promise<Unread> {
    const count = await countUnread(tx, actor.workspaceId, actor.id, MOST_COUNTED + 1);
    return { count: Math.min(count, MOST_COUNTED), more: count > MOST_COUNTED };
  }

  const mine = async (tx: Tx, actor: Actor) => ({
    kinds: preferenceOfEach(await preferencesOf(tx, actor.workspaceId, [actor.id])),
    times: (await timesOf(tx, actor.workspaceId, [actor.id])).get(actor.id)!,
  });
  type Mine = Awaited<ReturnType<typeof mine>>;
  const preferencesView = ({ kinds, times }: Mine): PreferencesView => ({ kinds, times: timesView(times) });

  /** What waits for a mail follows what is wanted now. */
  async function follow(tx: Tx, actor: Actor, { kinds, times }: Mine): Promise<void> {
    for (const mail of MAILS) {
      const same = KINDS.filter((kind) => kinds[kind].mail === mail);
      if (same.length === 0) continue;
      for (const urgent of [true, false]) {
        await retime(tx, actor.workspaceId, actor.id, { kinds: same, urgent, mail: mail === 'off' ? null : { pace: mail, at: mailMoment(mail, times, { after: now(), urgent }) } });
      }
    }
  }

  return {
    list: (actor: Actor, { unread, limit, cursor }: { unread: boolean; limit: number; cursor?: string | undefined }): Promise<Page<NoticeView>> =>
      work(actor, async (tx) => {
        const after = cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']);
        const rows = await noticePage(tx, actor.workspaceId, actor.id, { unread, limit: limit + 1, after });
        return pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.id], present);
      }),

    /** Whoever asks with a browser is there, and needs no mail. */
    unread: (actor: Actor): Promise<Unread> =>
      work(actor, async (tx) => {
        if (actor.credential.kind === 'session') await markHere(tx, actor.workspaceId, actor.id, machineNow());
        return unreadOf(tx, actor);
      }),

    markRead: (actor: Actor, marks: ReadMarks): Promise<Unread> =>
      change(actor, async (tx) => {
        const marked = await markRead(tx, actor.workspaceId, actor.id, 'until' in marks ? { until: new Date(marks.until) } : marks, now());
        if (marked > 0) await emit(tx, actor.workspaceId, { type: 'notice.read', subjectId: actor.id, actor: { kind: 'person', id: actor.id }, at: now() });
        return unreadOf(tx, actor);
      }),

    preferences: (actor: Actor): Promise<PreferencesView> => work(actor, async (tx) => preferencesView(await mine(tx, actor))),

    prefer: (actor: Actor, { kinds = {}, times }: PreferencesPut): Promise<PreferencesView> =>
      change(actor, async (tx) => {
        const before = preferenceOfEach(await preferencesOf(tx, actor.workspaceId, [actor.id]));
        for (const kind of KINDS) {
          const wish = kinds[kind];
          if (wish) await savePreference(tx, actor.workspaceId, actor.id, kind, { ...before[kind], ...given(wish) });
        }
        if (times) await saveTimes(tx, actor.workspaceId, actor.id, timesOfPut(times));
        const wanted = await mine(tx, actor);
        await follow(tx, actor, wanted);
        return preferencesView(wanted);
      }),

    ...createMeanwhile({ db, routing, now }),
    follower: createFollowing({ db, tickets, routing, emit, now, isInSight }),
    devices: createDevices({ db, machineNow, push, vault }),
    pushing: createPushing({ db, now, workspaces, push, vault, log }),
    due: createMailing({ db, now, machineNow, outbox, workspaces, sender, publicUrl, log }),
  };
}

const preferenceOfEach = (said: readonly (Preference & { readonly kind: Kind })[]): Record<Kind, Preference> => {
  const own = new Map(said.map(({ kind, bell, mail, push }) => [kind, { bell, mail, push }]));
  return Object.fromEntries(KINDS.map((kind) => [kind, own.get(kind) ?? USUAL[kind]])) as Record<Kind, Preference>;
};
/** What was said of it, and no more. */
const given = (wish: { readonly [K in keyof Preference]?: Preference[K] | undefined }): Partial<Preference> => Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
const timesView = ({ timeZone, dailyAt, quiet }: StoredTimes): TimesView => ({
  timeZone, dailyAt: clockTime(dailyAt), quiet: quiet && { from: clockTime(quiet.from), to: clockTime(quiet.to), urgent: quiet.urgent },
});
const timesOfPut = ({ timeZone, dailyAt, quiet }: TimesView): StoredTimes => ({
  timeZone, dailyAt: minutesOf(dailyAt), quiet: quiet && { from: minutesOf(quiet.from), to: minutesOf(quiet.to), urgent: quiet.urgent },
});
const present = ({ id, kind, ticketId, number, subject, by, data, readAt, createdAt }: ShownNotice): NoticeView => ({
  id, kind, ticket: ticketId === null || number === null ? null : { id: ticketId, number, subject: subject ?? '' }, by, data, read: readAt !== null, createdAt: createdAt.toISOString(),
});
