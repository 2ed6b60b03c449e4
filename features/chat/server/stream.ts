import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { MessageView } from '../core/visitor-contract.ts';
import { treeOf } from '../core/tree.ts';
import { inWords, type Values } from '../core/words.ts';
import { BY_CHAT, type Context } from './context.ts';
import { insertLine, linesAfter, linesBefore, linesOfConversation, type Line } from './store.ts';
import type { Visitor, VisitorRow } from './visitor-store.ts';

type Said = Awaited<ReturnType<Tickets['said']>>[number];
const LINK_HOURS = 12;
const HOUR_MS = 3_600_000;

type SaidBy = Said & { readonly face: string | null };
export type Shown = { readonly items: MessageView[]; readonly upTo: number; readonly hasMore: boolean };

type Added = { readonly conversationId: string; readonly at: Date; /** Whoever says this has read all before it. */ readonly isAnswer?: boolean } & ({ readonly entryId: string; readonly clientId?: string } | { readonly notice: NonNullable<Line['notice']>; readonly data?: Values });

/** What a visitor sees, in one order: words that stand in entries, and lines of our own between them. */
export function createStream(context: Context) {
  const { tickets, signer, machineNow, emit, now, workspaces } = context;

  /** Signed for this visitor; rounded up, so that a file keeps its address for a while. */
  const linkTo = ({ workspaceId, visitorId }: Visitor, fileId: string): string =>
    `/api/v1/visitor/files/${signer.sign(['chat-file', workspaceId, fileId, visitorId], new Date((Math.ceil(machineNow().getTime() / HOUR_MS) + LINK_HOURS) * HOUR_MS))}`;

  function view(visitor: Visitor, line: Line, said: SaidBy | undefined, language: Parameters<typeof inWords>[2]): MessageView | null {
    const { seq, id, conversationId, clientId, notice, at, choices } = line;
    if (notice !== null) {
      const text = inWords(notice, line.data, language);
      return { id, seq, conversationId, clientId: null, from: 'system', author: '', face: null, text, body: treeOf(text), files: [], via: 'chat', choices: [], notice, at: at.toISOString() };
    }
    // Taken back, or gone for good.
    if (!said) return null;
    return {
      id, seq, conversationId, clientId, from: said.direction === 'in' ? 'visitor' : said.authorKind === 'person' ? 'agent' : 'system', author: said.direction === 'in' ? '' : said.authorName, face: said.face,
      text: said.text, body: treeOf(said.text), files: said.files.map((file) => ({ id: file.id, name: file.name, contentType: file.contentType, size: file.size, url: linkTo(visitor, file.id) })),
      via: said.channel === 'email' ? 'email' : 'chat', choices: [...choices], notice: null, at: at.toISOString(),
    };
  }


  /** What stands behind lines, of whichever visitors of the workspace. */
  async function saidIn(tx: Tx, workspaceId: string, lines: readonly Line[]): Promise<ReadonlyMap<string, SaidBy>> {
    const entries = await tickets.said(tx, lines.flatMap(({ entryId }) => entryId ?? []));
    const faces = await context.facesOf(tx, entries.flatMap(({ direction, authorKind, authorId }) => (direction === 'out' && authorKind === 'person' ? authorId ?? [] : [])));
    // Which rule or policy speaks is a matter of the house.
    const company = entries.some(({ authorKind }) => authorKind === 'system') ? (await workspaces.get(workspaceId)).name : '';
    const named = entries.map((one) => (one.authorKind === 'system' ? { ...one, authorName: company } : one));
    return new Map(named.map((one) => [one.id, { ...one, face: one.direction === 'out' ? faces.get(one.authorId ?? '') ?? null : null }]));
  }

  async function viewsOf(visitor: Visitor, row: Pick<VisitorRow, 'language'>, lines: readonly Line[], said: ReadonlyMap<string, SaidBy>): Promise<MessageView[]> {
    const language = await context.languageOf(visitor, row);
    return lines.flatMap((line) => view(visitor, line, line.entryId === null ? undefined : said.get(line.entryId), language) ?? []);
  }

  const views = async (tx: Tx, visitor: Visitor, row: Pick<VisitorRow, 'language'>, lines: readonly Line[]): Promise<MessageView[]> =>
    viewsOf(visitor, row, lines, await saidIn(tx, visitor.workspaceId, lines));

  /** Of somebody who has come so far, by one line more than is to be shown. */
  type Behind = { readonly visitor: Visitor; readonly row: VisitorRow; readonly lines: readonly Line[]; readonly from: number };

  /** Each for themselves, looked up together. */
  async function pages(tx: Tx, workspaceId: string, asked: readonly Behind[], limit: number): Promise<Shown[]> {
    const said = await saidIn(tx, workspaceId, asked.flatMap(({ lines }) => lines.slice(0, limit)));
    return Promise.all(asked.map(async ({ visitor, row, lines, from }) => {
      const some = lines.slice(0, limit);
      return { items: await viewsOf(visitor, row, some, said), upTo: some.at(-1)?.seq ?? from, hasMore: lines.length > limit };
    }));
  }

  return {
    views,

    /** What a visitor has just said without files, as it is shown: nobody has to read it back. */
    ownWords: ({ id, seq, conversationId, clientId, at }: Line, text: string): MessageView =>
      ({ id, seq, conversationId, clientId, from: 'visitor', author: '', face: null, text, body: treeOf(text), files: [], via: 'chat', choices: [], notice: null, at: at.toISOString() }),

    /** One more at the end. Whoever locks a ticket does so before. Undefined: it stands there already. `beside`: what is written down with it, unless it does. */
    async append(tx: Tx, visitor: Visitor, given: Added, beside: () => Promise<unknown> = () => Promise.resolve()): Promise<Line | undefined> {
      const line: Omit<Line, 'seq' | 'choices'> = {
        id: newId(), conversationId: given.conversationId, at: given.at,
        ...('entryId' in given ? { entryId: given.entryId, clientId: given.clientId ?? null, notice: null, data: {} } : { entryId: null, clientId: null, notice: given.notice, data: given.data ?? {} }),
      };
      const seq = await insertLine(tx, visitor, line, { hasRead: given.isAnswer ?? false });
      if (seq === undefined) return undefined;
      await Promise.all([
        emit(tx, visitor.workspaceId, { type: 'visitor.said', subjectId: visitor.visitorId, actor: BY_CHAT, data: { seq, ...(given.isAnswer && { answered: true }) }, at: now() }), beside(),
      ]);
      return { ...line, seq, choices: [] };
    },

    after: async (tx: Tx, visitor: Visitor, row: VisitorRow, from: number, limit: number): Promise<Shown> =>
      (await pages(tx, visitor.workspaceId, [{ visitor, row, lines: await linesAfter(tx, visitor, from, limit + 1), from }], limit))[0]!,
    pages,

    async before(tx: Tx, visitor: Visitor, row: VisitorRow, seq: number, limit: number): Promise<{ items: MessageView[]; hasMore: boolean }> {
      const lines = await linesBefore(tx, visitor, seq, limit + 1);
      return { items: await views(tx, visitor, row, lines.slice(-limit)), hasMore: lines.length > limit };
    },

    ofConversation: async (tx: Tx, visitor: Visitor, row: VisitorRow, conversationId: string, limit: number): Promise<MessageView[]> =>
      views(tx, visitor, row, await linesOfConversation(tx, visitor, conversationId, limit)),

    /** A file by its signed link. */
    async file(token: string) {
      const [what, workspaceId, fileId] = signer.open(token, machineNow()) ?? [];
      return what === 'chat-file' && workspaceId && fileId ? tickets.file(workspaceId, fileId) : null;
    },
  };
}
