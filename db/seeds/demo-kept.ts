import type { App } from '../../apps/server/compose.ts';
import type { Actor } from '../../kernel/actor.ts';

/** What the shop has written down for the next time: steps, answers that also do something, and what a second person reads first. */
export async function seedKept({ approvals, checklists, macros }: Pick<App, 'approvals' | 'checklists' | 'macros'>, owner: Actor): Promise<void> {
  const { id: templateId } = await checklists.templates.create(owner, { name: 'Return', items: ['Ask for the order number', 'Send the label', 'Refund within 14 days of arrival', 'Put it back into stock'] });
  await macros.create(owner, {
    name: 'Begin a return', folder: 'Returns', actions: [{ type: 'set_kind', kind: 'claim' }, { type: 'set_assignee', personId: 'me' }, { type: 'add_tags', tags: ['return'] }, { type: 'checklist', templateId }],
    variants: {
      en: '<p>Dear {{customer.first_name}},</p><p>of course you can send it back. We will send you a label for the parcel.</p><p>{{agent.name}}</p>',
      bg: '<p>Здравейте, {{customer.first_name}},</p><p>разбира се, можете да го върнете. Ще Ви изпратим етикет за пратката.</p><p>{{agent.name}}</p>',
      pl: '<p>Dzień dobry, {{customer.first_name}},</p><p>oczywiście można to odesłać. Prześlemy etykietę na paczkę.</p><p>{{agent.name}}</p>',
      ru: '<p>Здравствуйте, {{customer.first_name}},</p><p>конечно, товар можно вернуть. Мы пришлём этикетку для посылки.</p><p>{{agent.name}}</p>',
      ar: '<p>مرحبًا {{customer.first_name}}،</p><p>يمكنك إعادتها بالطبع. سنرسل إليك ملصقًا للطرد.</p><p>{{agent.name}}</p>',
    },
  });
  await approvals.policies.create(owner, {
    name: 'Complaints', enabled: true, conditions: { version: 1, all: [{ field: 'kind', operator: 'is', value: 'complaint' }] }, writers: ['agent'], channels: ['email'], reviewers: { by: 'leads' },
  });
}
