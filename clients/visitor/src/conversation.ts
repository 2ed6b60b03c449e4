import type { FirstAnswers, MessageView } from './types.ts';

/** Written here, and not yet known to be kept by the server. `problem`: the code with which it was refused. */
export type Draft = {
  readonly clientId: string; readonly text: string; readonly files: readonly { readonly id: string; readonly name: string }[]; readonly isMessage: boolean; readonly at: string; readonly problem: string | null;
  /** The message of ours that it answers, which the visitor had not asked for. */
  readonly proactiveId?: string;
  /** What was asked first, where this begins a matter. */
  readonly intake?: FirstAnswers;
  /** What was looked for in the help centre in vain. */
  readonly searched?: string;
};

/** Everything once and in one order, however often and in whatever order it came. */
export function merged(known: readonly MessageView[], more: readonly MessageView[]): MessageView[] {
  const bySeq = new Map([...known, ...more].map((message) => [message.seq, message]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** What the server has is no draft any more, whichever tab sent it. */
export const stillToSend = (drafts: readonly Draft[], messages: readonly MessageView[]): Draft[] => {
  const kept = new Set(messages.map(({ clientId }) => clientId));
  return drafts.filter(({ clientId }) => !kept.has(clientId));
};

export const unread = (messages: readonly MessageView[], readSeq: number): number => messages.filter(({ from, seq }) => from === 'agent' && seq > readSeq).length;

export const lastSeq = (messages: readonly MessageView[]): number => messages.at(-1)?.seq ?? 0;

/** How far a message of the visitor's has come. */
export const progressOf = (seq: number, marks: { readonly delivered: number; readonly read: number }): 'sent' | 'delivered' | 'read' =>
  seq <= marks.read ? 'read' : seq <= marks.delivered ? 'delivered' : 'sent';
