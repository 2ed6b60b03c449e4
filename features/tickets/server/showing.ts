import { sanitiseAside } from '../../../platform/html/aside.ts';
import { escapeHtml } from '../../../platform/html/escape.ts';
import { AppError } from '../../../kernel/errors.ts';
import { directionOf } from '../../../kernel/languages.ts';
import { isHeic } from '../core/heic.ts';
import { notFound, type Context } from './context.ts';
import { attachmentsOf, findAttachment, findEntry, htmlOf } from './entries-store.ts';
import { createLinks, type Reader } from './present.ts';

const STYLE = `html{color-scheme:light}body{margin:0;padding:12px;font:14px/1.5 system-ui,sans-serif;color:#1b1b1f;background:#fff;overflow-wrap:anywhere}
img{max-width:100%;height:auto}table{max-width:100%}blockquote{margin:8px 0;padding-inline-start:12px;border-inline-start:2px solid #ccc}pre{white-space:pre-wrap}`;

/** The page inside the sandboxed frame: a stranger's HTML, cleaned again, with pictures only from our signed links. */
export function createShowing(context: Context) {
  const links = createLinks(context);
  return {
    openLink: links.open,

    /** What a file looks like that browsers do not draw, as a JPEG. As of the file itself, the signature is the right. */
    async filePreview({ workspaceId, id: readerId }: Reader, id: string): Promise<Buffer> {
      const file = await context.db.work(workspaceId, (tx) => findAttachment(tx, id));
      const made = file && isHeic(file) ? await context.previews.of({ workspaceId, sha256: file.sha256, size: file.size }, readerId) : null;
      if (made === 'busy') throw new AppError('unavailable', 'file.not_now', 'Many pictures are being made ready at this moment; try again in a minute.');
      if (made === null) throw new AppError('not_found', 'file.no_preview', 'This file cannot be shown; download it.');
      return made;
    },

    async entryPage(reader: Reader, entryId: string, { images }: { images: boolean }): Promise<string> {
      const { entry, html, language, inline } = await context.db.work(reader.workspaceId, async (tx) => {
        const entry = await findEntry(tx, entryId);
        const [html] = entry ? await htmlOf(tx, [entryId]) : [];
        if (!entry || !html) throw notFound();
        const inline = new Map((await attachmentsOf(tx, [entryId])).flatMap((file) => (file.contentId === null ? [] : [[file.contentId, links.file(reader, file.id)] as const])));
        return { entry, html, language: (await context.look(tx, entry.ticketId)).language ?? '', inline };
      });
      const clean = await sanitiseAside(html.raw, { inline, remote: images });
      return `<!doctype html><html lang="${escapeHtml(language)}" dir="${language === '' ? 'auto' : directionOf(language)}"><head><meta charset="utf-8">`
        + `<meta name="referrer" content="no-referrer"><title>${escapeHtml(entry.subject)}</title><style>${STYLE}</style></head><body dir="auto">${clean}</body></html>`;
    },
  };
}
