import type { Actor, Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { directionOf, isLanguage, type Language } from '../../../kernel/languages.ts';
import type { Database } from '../../../platform/db/db.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { apart } from '../../../platform/print/apart.ts';
import type { Block } from '../../../platform/print/paper.ts';
import type { Printer } from '../../../platform/print/printer.ts';
import type { FieldView } from '../../fields/core/contract.ts';
import type { Fields } from '../../fields/server/fields.ts';
import { can } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import type { EntryView } from '../../tickets/core/contract.ts';
import { isHeic } from '../../tickets/core/heic.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import type { CaseQuery } from '../core/contract.ts';
import { entryOf, headOf, momentOf, type Manner } from './composing.ts';
import { caseWords } from './words.ts';

export type CaseFile = ReturnType<typeof createCaseFile>;

const PAGE = 100;
const MOST_ENTRIES = 5_000;
/** Of all entries together, and of one. */
const MOST_WORDS = 300_000;
const MOST_OF_ONE = 100_000;
const PICTURES = { types: new Set(['image/png', 'image/jpeg']), most: 40, largest: 2_000_000, /** Made ready while others wait for their papers. */ heic: 10 };

type Deps = {
  readonly db: Database; readonly now: Now; readonly emit: Emit; readonly printer: Pick<Printer, 'print'>; readonly workspaces: Pick<Workspaces, 'get'>; readonly people: Pick<People, 'peopleByIds'>; readonly fields: Pick<Fields, 'list'>;
  readonly tickets: Pick<Tickets, 'get' | 'entries' | 'file' | 'filePreview'>;
};

/** The front door of the case file: everything of a ticket on paper, for whoever may read it. Tells `ticket.printed`. */
export function createCaseFile({ db, now, emit, printer, workspaces, people, fields, tickets }: Deps) {
  /** As the reader may see them, in their order. */
  async function* entriesOf(actor: Actor, ticketId: string): AsyncGenerator<EntryView> {
    let cursor: string | undefined;
    do {
      const page = await tickets.entries(actor, ticketId, { limit: PAGE, cursor });
      for (const entry of page.items) if (entry.type !== 'event') yield entry;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  async function ownFields(actor: Actor): Promise<FieldView[]> {
    return can(actor, 'fields.list') ? (await fields.list(actor, { subject: 'ticket', limit: PAGE })).items : [];
  }

  async function picturesOf(actor: Actor, { attachments }: EntryView, room: { pictures: number; heic: number }): Promise<Block[]> {
    const shown = attachments.filter((one) => (isHeic(one) ? room.heic-- > 0 : PICTURES.types.has(one.contentType) && one.size <= PICTURES.largest)).slice(0, room.pictures);
    room.pictures -= shown.length;
    const blocks: Block[] = [];
    for (const one of shown) {
      const bytes = isHeic(one) ? await previewOf(actor, one.id) : (await tickets.file(actor.workspaceId, one.id)).bytes;
      if (bytes) blocks.push({ kind: 'picture', name: one.name, bytes: new Uint8Array(bytes) });
    }
    return blocks;
  }

  /** What cannot be shown now stands among the files all the same. */
  async function previewOf(actor: Actor, id: string): Promise<Buffer | null> {
    try {
      return await tickets.filePreview(actor, id);
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  async function timeline(actor: Actor, ticketId: string, manner: Manner, hasNotes: boolean): Promise<Block[]> {
    const blocks: Block[] = [];
    let [entries, words] = [0, 0];
    const room = { pictures: PICTURES.most, heic: PICTURES.heic };
    for await (const entry of entriesOf(actor, ticketId)) {
      if (entry.type === 'note' && !hasNotes) continue;
      const isCut = entry.text.length + entry.quoted.length > MOST_OF_ONE;
      const fitting = { ...entry, text: entry.text.slice(0, MOST_OF_ONE), quoted: entry.quoted.slice(0, Math.max(0, MOST_OF_ONE - entry.text.length)) };
      entries += 1;
      words += fitting.text.length + fitting.quoted.length;
      if (entries > MOST_ENTRIES || words > MOST_WORDS) return [...blocks, { kind: 'text', text: manner.say('case.cut') }];
      const shown = await picturesOf(actor, entry, room);
      blocks.push(...entryOf(fitting, manner), ...(isCut ? [{ kind: 'small', text: manner.say('case.cut') } as const] : []), ...shown);
    }
    return blocks;
  }

  return {
    async print(actor: Actor, ticketId: string, { notes, language: wished }: CaseQuery): Promise<{ name: string; bytes: Buffer }> {
      const ticket = await tickets.get(actor, ticketId);
      const { name: workspace, timeZone } = await workspaces.get(actor.workspaceId);
      const me = (await db.work(actor.workspaceId, (tx) => people.peopleByIds(tx, [actor.id]))).get(actor.id);
      const language: Language = wished ?? (isLanguage(me?.language ?? '') ? me!.language as Language : 'en');
      const manner: Manner = { say: caseWords(language), language, timeZone };
      const { say } = manner;
      const madeAt = now();
      const made = say('case.made_by', { at: apart(momentOf(madeAt.toISOString(), manner)), name: apart(me?.name ?? ''), workspace: apart(workspace), zone: timeZone });
      const head = [
        ...headOf(ticket, await ownFields(actor), manner), { kind: 'fact', label: say('case.made'), text: made } as const,
        ...(notes === '0' ? [{ kind: 'small', text: say('case.without_notes') } as const] : []),
      ];
      const title = `#${ticket.number} ${ticket.subject}`;
      const bytes = await printer.print(`${actor.workspaceId} ${actor.id}`, async () => ({
        title, language, direction: directionOf(language), footer: title.slice(0, 80).toWellFormed(), cut: say('case.cut'), madeAt, blocks: [...head, ...await timeline(actor, ticketId, manner, notes === '1')],
      }));
      if (bytes === 'busy') throw new AppError('unavailable', 'case.not_now', 'Many cases are being printed at this moment; try again in a minute.');
      if (bytes === null) throw new AppError('unavailable', 'case.too_hard', 'This case takes too long to print.');
      await db.work(actor.workspaceId, (tx) => emit(tx, actor.workspaceId, { type: 'ticket.printed', ticketId, actor: { kind: 'person', id: actor.id }, data: { notes: notes === '1' }, at: madeAt }));
      return { name: `${ticket.number}.pdf`, bytes };
    },
  };
}
