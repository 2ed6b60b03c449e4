import type { MessageView } from '../../../../features/chat/core/visitor-contract.ts';

/** Written here, and not yet known to be kept by the server. `problem`: the code with which it was refused. */
export type Draft = {
  readonly clientId: string; readonly text: string; readonly files: readonly { readonly id: string; readonly name: string }[]; readonly isMessage: boolean; readonly at: string; readonly problem: string | null;
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

const LINEAR_BREAK = 0.04045;
/** Ink that can be read on a colour of the company's (#rrggbb): whichever of the two stands out more. */
export function inkOn(colour: string): '#fff' | '#000' {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255).map((c) => (c <= LINEAR_BREAK ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? '#fff' : '#000';
}
