import type { ChatTools } from './slots.ts';

type Files = Parameters<ChatTools['tray']>[0]['attachments'];
/** What stands in the line of a chat and has not gone; `choices`: one a line. */
export type ChatDraft = { readonly text: string; readonly files: Files; readonly choices: string };

export const EMPTY: ChatDraft = { text: '', files: [], choices: '' };
const MOST = 50;
const kept = new Map<string, ChatDraft>();

/** Whoever looks at another ticket meanwhile finds what they had begun. */
export const draftOn = (ticketId: string): ChatDraft => kept.get(ticketId) ?? EMPTY;

export function keepDraft(ticketId: string, draft: ChatDraft): void {
  kept.delete(ticketId);
  if (draft.text === '' && draft.files.length === 0 && draft.choices === '') return;
  kept.set(ticketId, draft);
  const [oldest] = kept.keys();
  if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
}

const MOST_CHOICES = 6;
const LONGEST = 80;
/** Lines as buttons, in their order. */
export const choicesIn = (lines: string): string[] => lines.split('\n').map((line) => line.trim().slice(0, LONGEST)).filter((line) => line !== '').slice(0, MOST_CHOICES);
