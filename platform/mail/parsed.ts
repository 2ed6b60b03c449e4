import type { Language } from '../../kernel/languages.ts';
import type { ReadText } from '../search/stems.ts';
import type { Invitation } from './content/calendar.ts';
import type { Fragment, Protection } from './content/contents.ts';
import type { MailName } from './header.ts';
import type { ParsedReport } from './report/report.ts';

export type ParsedFile = {
  readonly name: string; readonly contentType: string; readonly contentId: string | null; readonly sha256: string; readonly bytes: Uint8Array;
};

/** A message as people mean it. Every text is free of control characters that PostgreSQL or a header could not hold. */
export type ParsedMail = {
  readonly messageId: string | null;
  /** Message-ID, date, sender and body in one: equal for the same message that came by two ways. Null without a Message-ID. */
  readonly fingerprint: string | null;
  /** In-Reply-To first, then References from the last to the first: the nearest ancestor comes first. */
  readonly ancestors: readonly string[];
  readonly from: MailName | null;
  readonly replyTo: readonly MailName[];
  readonly to: readonly MailName[];
  readonly cc: readonly MailName[];
  readonly subject: string;
  /** What the person wrote now; what they quoted is in `quoted`. */
  readonly text: string;
  readonly quoted: string;
  /** `text` as the search reads it, in the language below. */
  readonly findable: ReadText;
  /** All of it in its order, as `splitReply` reads it, for whoever knows what was said before. */
  readonly body: string;
  /** As it came, and made harmless for showing. */
  readonly html: { readonly raw: string; readonly safe: string; readonly remoteImages: number } | null;
  readonly language: { readonly language: Language | null; readonly sure: boolean };
  readonly attachments: readonly ParsedFile[];
  /** The headers that tell robots from people, by lower-case name; several of one name are joined by a line break. */
  readonly robot: Readonly<Record<string, string>>;
  readonly report: ParsedReport | null;
  /** When its sender says that it was written, in ISO 8601; null when that is no date. */
  readonly date: string | null;
  readonly invitation: Invitation | null;
  readonly protection: Protection | null;
  readonly fragment: Fragment | null;
  /** Something was cut because it was too long; the raw message has it. */
  readonly shortened: boolean;
};

export type ParseFailure = 'too_complex' | 'too_slow' | 'out_of_memory' | 'broken';
export type ParseResult = { readonly mail: ParsedMail } | { readonly error: ParseFailure };
