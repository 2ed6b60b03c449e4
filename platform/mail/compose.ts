import MailComposer, { type MailComposerAttachment } from 'nodemailer/lib/mail-composer';
import { directionOf } from '../../kernel/languages.ts';
import { oneLine, type MailName } from './header.ts';
import type { MailContent, StoredAttachment } from './outbox-store.ts';

export type ComposedFile = StoredAttachment & { readonly bytes: Buffer };

/**
 * The mail as it goes over the wire: CRLF, folded, no line over 998 octets, names encoded (RFC 2047, 2231),
 * with the Message-ID and Date it was queued with, so that every attempt sends the same mail.
 */
export async function composeMime(content: MailContent, messageId: string, files: readonly ComposedFile[]): Promise<Buffer> {
  const composer = new MailComposer({
    from: inOneLine(content.from), to: content.to.map(inOneLine), cc: content.cc.map(inOneLine), subject: oneLine(content.subject),
    ...(content.replyTo ? { replyTo: inOneLine(content.replyTo) } : {}),
    ...(content.inReplyTo ? { inReplyTo: content.inReplyTo } : {}),
    ...(content.references.length > 0 ? { references: content.references } : {}),
    messageId, date: new Date(content.date),
    headers: { ...(content.language ? { 'Content-Language': content.language } : {}), ...content.headers },
    // An empty one would be taken for none at all.
    text: { content: content.text || '\n', contentTransferEncoding: encodingFor(content.text) },
    ...(content.html === null ? {} : { html: wrapHtml(content.html, content.language) }),
    attachments: files.map(toAttachment),
    disableFileAccess: true, disableUrlAccess: true, newline: 'win',
  });
  return new Promise((resolve, reject) => {
    composer.compile().build((error: Error | null, message?: Buffer) => {
      if (error || !message) reject(error ?? new Error('nothing was composed'));
      else resolve(message);
    });
  });
}

/** The outbox has refused what breaks lines; nothing that came another way does so either. */
const inOneLine = ({ name, address }: MailName): MailName => ({ name: oneLine(name), address });

/** Base64 costs a third, quoted-printable triples everything that is not ASCII: Cyrillic and Arabic go as base64. */
function encodingFor(text: string): string {
  const foreign = text.replace(/[\t\r\n\x20-\x7e]/g, '').length;
  return foreign * 3 > text.length ? 'base64' : 'quoted-printable';
}

function toAttachment({ name, contentType, contentId, bytes }: ComposedFile): MailComposerAttachment {
  return {
    filename: oneLine(name), content: bytes, contentType: safeType(contentType),
    ...(contentId ? { cid: contentId.replace(/^<|>$/g, '') } : {}),
  };
}

/** A type is a label here, never a parameter list: what a stranger's mail called it cannot bend our headers. */
const safeType = (type: string): string =>
  /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/i.test(type) && !/^(?:multipart|message)\//i.test(type)
    ? type.toLowerCase() : 'application/octet-stream';

/** The root says language and direction, so that a right-to-left mail reads well in any program. */
function wrapHtml(html: string, language: string | null): string {
  const attributes = language ? ` lang="${language}" dir="${directionOf(language)}"` : '';
  return `<!DOCTYPE html>\n<html${attributes}><head><meta charset="utf-8"></head>\n<body>${html}</body></html>\n`;
}
