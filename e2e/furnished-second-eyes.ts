import type { House, Person } from './house.ts';

type Desk = { readonly owner: Person; readonly arabic: Person; readonly ivan: Person };

/** What is to be done, begun and done; answers that wait for somebody else, that came back, and that will wait. */
export async function secondEyes({ app: { approvals, checklists, db, macros, tickets } }: House, { owner, arabic, ivan }: Desk): Promise<{ checkedId: string; waitingId: string; returnedId: string; demandedId: string }> {
  const phoned = (given: { subject: string; text: string; customer: { name: string; email: string }; kind?: 'complaint' }): Promise<string> =>
    tickets.create(ivan.actor, { channel: 'phone', direction: 'in', tags: [], cc: [], attachmentIds: [], assigneeId: ivan.id, ...given });
  const checkedId = await phoned({ subject: 'Sending a kettle back', text: 'Wants to send it back and have the money.', customer: { name: 'Petra Nowak', email: 'petra@example.org' } });
  const template = await checklists.templates.create(owner.actor, { name: 'Return of a kettle', items: ['Ask for the order number', 'Send the label for the parcel', 'Refund within 14 days of arrival, by the way it was paid, and tell the customer when it will be on the account', 'Put the kettle back into stock'] });
  await checklists.templates.create(owner.actor, { name: 'إصلاح ضمن الضمان', items: ['اطلب صورة للضرر', 'تحقق من تاريخ الشراء'] });
  await macros.create(owner.actor, {
    name: 'Begin a return', folder: 'Returns', variants: { en: '<p>Dear {{customer.first_name}},</p><p>please send it back with the label.</p>', ar: '<p>عزيزي {{customer.first_name}}، يرجى إعادتها بالملصق.</p>' },
    actions: [{ type: 'set_kind', kind: 'claim' }, { type: 'set_assignee', personId: 'me' }, { type: 'add_tags', tags: ['return', 'إرجاع'] }, { type: 'note', text: 'Return begun by {{agent.name}}' }, { type: 'checklist', templateId: template.id }],
  });
  const begun = await checklists.add(ivan.actor, checkedId, { templateId: template.id });
  await checklists.changeItem(ivan.actor, checkedId, begun.id, begun.items[0]!.id, { done: true });
  await checklists.changeItem(ivan.actor, checkedId, begun.id, begun.items[1]!.id, { ownerId: owner.id, dueAt: '2027-03-01T15:00:00Z' });
  const done = await checklists.add(ivan.actor, checkedId, { name: 'قبل الاتصال', items: ['اقرأ المراسلات السابقة'] });
  await checklists.changeItem(ivan.actor, checkedId, done.id, done.items[0]!.id, { done: true });

  await approvals.policies.create(owner.actor, {
    name: 'Complaints', enabled: true, conditions: { version: 1, all: [{ field: 'kind', operator: 'is', value: 'complaint' }] }, writers: ['agent', 'lead', 'admin', 'owner', 'rule'], channels: ['email'], reviewers: { by: 'leads' },
  });
  await approvals.policies.create(owner.actor, { name: 'تعويضات', enabled: false, conditions: null, writers: ['agent'], channels: ['email', 'chat'], reviewers: { by: 'people', ids: [owner.id, arabic.id] } });
  const waitingId = await phoned({ subject: 'Burnt by the handle', kind: 'complaint', text: 'The handle gets too hot; a doctor looked at the hand.', customer: { name: 'Hans Weber', email: 'hans@example.org' } });
  const answer = { channel: 'email' as const, attachmentIds: [] };
  await tickets.sendReply(ivan.actor, waitingId, { ...answer, html: '<p>Dear Mr Weber,</p><p>I am sorry that the handle hurt you. <b>We pay what the doctor cost</b>, and a new kettle leaves today.</p><p>Would you send us the bill, and a picture of the handle from below? Nobody blames you: we want to know whether others are in danger.</p>' });

  const returnedId = await phoned({ subject: 'Three kettles, three dents', kind: 'complaint', text: 'All three have a dent.', customer: { name: 'Olga Marinova', email: 'olga.m@example.org' } });
  const back = async (writer: Person, reviewer: Person, text: string, remark: string) => {
    await tickets.sendReply(writer.actor, returnedId, { ...answer, text });
    const { items } = await approvals.ofTicket(reviewer.actor, returnedId, { limit: 10 });
    const { id, version } = items.find((one) => one.writer.id === writer.id)!;
    await approvals.returnBack(reviewer.actor, id, { version, remark });
  };
  await back(owner, arabic, 'All three will be replaced.', 'نستبدل اثنتين فقط، انظر الصور.');
  await back(arabic, owner, 'نأسف لما حدث، وسنرسل ثلاث غلايات جديدة.', 'She writes in English; please answer in English too.');

  const demandedId = await phoned({ subject: 'My lawyer will write to you', text: 'Threatens with a lawyer.', customer: { name: 'Ben Lang', email: 'ben@example.org' } });
  const { workspaceId } = owner.actor;
  for (const name of ['Legal words', 'تهديد بالمحكمة']) await db.work(workspaceId, (tx) => approvals.demandBy(tx, workspaceId, { id: demandedId }, { by: 'leads' }, { id: crypto.randomUUID(), name }));
  return { checkedId, waitingId, returnedId, demandedId };
}
