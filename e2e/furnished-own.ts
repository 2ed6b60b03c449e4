import type { House, Person } from './house.ts';

/** A picture of 32 by 32 pixels. */
const PORTRAIT = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAKElEQVR42u3NMQEAAAgDoC251Q3hIQQg1QQEBAQEBAQEBAQEBATWgQdPXgABx2l5wwAAAABJRU5ErkJggg==', 'base64');

/** Who asked for their data: one in time, one too late, one who has an answer; and those who show a face. */
export async function askedAboutData({ app: { db, people } }: House, given: readonly Person[], { ticketId, customerId }: { ticketId: string; customerId: string }): Promise<void> {
  for (const { actor } of given) await people.showFace(actor, PORTRAIT);
  const [by] = given;
  const day = (days: number): Date => new Date(Date.now() + days * 86_400_000);
  const row = { workspace_id: by!.actor.workspaceId, ticket_id: ticketId, customer_id: customerId, address: 'maria@example.org', proof: 'mail' as const };
  await db.owner.insertInto('privacy_requests').values([
    { ...row, id: crypto.randomUUID(), kind: 'copy', asked_at: day(-3), due_at: day(27) },
    { ...row, id: crypto.randomUUID(), kind: 'delete', proof: 'company', asked_at: day(-40), due_at: day(-10) },
    { ...row, id: crypto.randomUUID(), kind: 'copy', asked_at: day(-90), due_at: day(-60), outcome: 'refused', decided_by: by!.id, decided_at: day(-61) },
  ]).execute();
}

/** What a workspace adds of its own: fields of every type, first questions that lead to others, and lists that were saved. */
export async function furnishOwn({ app: { fields, intake, views, tickets } }: House, { actor }: Person, { ticketId, teamId }: { ticketId: string; teamId: string }): Promise<{ viewId: string; tableId: string }> {
  const field = (given: Omit<Parameters<typeof fields.create>[1], 'subject'>, subject: 'ticket' | 'customer' = 'ticket') => fields.create(actor, { subject, ...given });
  await field({
    key: 'damage', type: 'choice', names: { en: 'What is damaged', ar: 'ما الذي تضرر' }, hints: { en: 'Ask for a picture', ar: 'اطلب صورة' }, required: true, requiredWhen: { version: 1, all: [{ field: 'kind', operator: 'is', value: 'complaint' }] },
    options: [['lid', 'The lid', 'الغطاء'], ['body', 'The body', 'الجسم']].map(([key, en, ar]) => ({ key: key!, names: { en: en!, ar: ar! }, parent: null, active: true })),
  });
  await field({ key: 'order_number', type: 'text', names: { en: 'Order number', ar: 'رقم الطلب' }, shownWhen: { version: 1, all: [{ field: 'kind', operator: 'is', value: 'complaint' }] } });
  await field({
    key: 'product', type: 'tree', names: { en: 'Product', ar: 'المنتج' },
    options: [
      { key: 'kettles', names: { en: 'Kettles', ar: 'غلايات' }, parent: null, active: true }, { key: 'red', names: { en: 'The red kettle', ar: 'الغلاية الحمراء' }, parent: 'kettles', active: true },
      { key: 'cups', names: { en: 'Cups', ar: 'أكواب' }, parent: null, active: true },
    ],
  });
  await field({ key: 'price', type: 'money', currency: 'EUR', names: { en: 'Price', ar: 'السعر' } });
  await field({ key: 'pieces', type: 'number', names: { en: 'Pieces', ar: 'عدد القطع' } });
  await field({ key: 'bought_on', type: 'date', names: { en: 'Bought on', ar: 'تاريخ الشراء' } });
  await field({ key: 'photo', type: 'link', names: { en: 'Picture of the damage', ar: 'صورة الضرر' } });
  await field({ key: 'technician', type: 'person', names: { en: 'Who repairs it', ar: 'من يُصلحه' }, active: false });
  await field({ key: 'tax_number', type: 'text', names: { en: 'Tax number', ar: 'الرقم الضريبي' } }, 'customer');
  await tickets.change(actor, ticketId, { fields: { order_number: '4711', product: ['kettles', 'red'], price: 49.9 } });

  await intake.put(actor, 'question', {
    active: true, questions: [
      { key: 'about', names: { en: 'What is it about?', ar: 'ما موضوع سؤالك؟' }, hints: { en: 'Choose what is nearest', ar: 'اختر الأقرب' }, field: null, required: true, when: null, choices: [{ key: 'order', names: { en: 'An order', ar: 'طلب' } }, { key: 'shop', names: { en: 'The shop', ar: 'المتجر' } }] },
      { key: 'which', names: { en: 'Which order?', ar: 'أي طلب؟' }, hints: {}, field: 'order_number', required: false, choices: [], when: { version: 1, all: [{ field: 'fields.choice.about', operator: 'is', value: 'order' }] } },
      { key: 'words', names: { en: 'What do you want to know?', ar: 'ماذا تريد أن تعرف؟' }, hints: {}, field: null, required: true, choices: [], when: null },
    ],
  });

  const urgent = { version: 1 as const, all: [{ field: 'priority', operator: 'at_least', value: 'high' }] };
  const view = (name: string, given: Partial<Parameters<typeof views.create>[1]>) => views.create(actor, { name, sharedWith: 'everybody', conditions: urgent, shelf: 'active', sort: 'queue', columns: [], ...given });
  const { id: viewId } = await view('Urgent and not answered yet, of all teams together', { sort: 'due' });
  await view('Returns', { sharedWith: 'team', teamId });
  const { id: tableId } = await view('Everything at a glance', { conditions: { version: 1, all: [] }, shelf: 'all', columns: ['number', 'status', 'kind', 'assignee', 'tags', 'fields.choice.damage', 'due', 'updatedAt'] });
  await view('شكاوى عاجلة', {});
  await view('Mine alone', { sharedWith: 'me' });
  return { viewId, tableId };
}
