import { createPrinter } from '../platform/print/printer.ts';
import type { House, Person } from './house.ts';

type Desk = { readonly owner: Person; readonly arabic: Person; readonly ivan: Person; readonly teamId: string };

/** A letter with a PDF, and drafts of an answer to it on which others write on. */
export async function together({ app: { tickets }, mail }: House, { owner, arabic, ivan, teamId }: Desk): Promise<{ sharedId: string }> {
  const printer = createPrinter();
  const content = await printer.print('', () => ({ title: 'Warranty', language: 'en', direction: 'ltr', footer: 'Warranty', cut: '', madeAt: new Date(0), blocks: [{ kind: 'title', text: 'Your kettle is under warranty' }, { kind: 'text', text: 'line\n'.repeat(120) }] }));
  if (!Buffer.isBuffer(content)) throw new Error('it was not printed');
  await mail({ from: { name: 'Anna Nowak', address: 'anna@example.org' }, subject: 'My warranty', text: 'Does it still hold?', attachments: [{ filename: 'warranty.pdf', content, contentType: 'application/pdf' }] });
  const sharedId = (await tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 10 })).items.find(({ subject }) => subject === 'My warranty')!.id;
  await tickets.shareDraft(ivan.actor, sharedId, { html: '<p>Dear Ms Nowak,</p><p>it does, until March. Who of you knows what the lid costs?</p>', attachmentIds: [], teamId });
  await tickets.shareDraft(arabic.actor, sharedId, { html: '<p>الضمان سارٍ حتى مارس، وسنكتب إليك غدًا.</p>', attachmentIds: [] });
  return { sharedId };
}
