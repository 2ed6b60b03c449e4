import { defineFields, type Fields } from '../../conditions/core/fields.ts';
import { withAnyField } from '../../fields/core/attributes.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';

export const CAUSERS = ['customer', 'person', 'rule', 'system'] as const;
export type Causer = (typeof CAUSERS)[number];

export const SLA_METRICS = ['first_reply', 'next_reply', 'periodic_update', 'pausable_update', 'requester_wait', 'agent_work', 'resolution', 'answer'] as const;

/** What rules look at: the ticket, the hour, and what has just happened (null where nothing has). */
export type RuleRecord = TicketState & {
  readonly insideHours: boolean;
  readonly by: Causer | null;
  /** The words of the message, note or call that came. */
  readonly message: string | null;
  readonly messageThanks: boolean | null;
  readonly messageAngry: boolean | null;
  readonly messageLegal: boolean | null;
  readonly messageAutomatic: boolean | null;
  readonly slaMetric: string | null;
  readonly slaPercent: number | null;
};

/** Asked only of what has just happened: a list of tickets cannot tell. */
const OF_EVENTS = ['by', 'message', 'messageThanks', 'messageAngry', 'messageLegal', 'messageAutomatic', 'slaMetric', 'slaPercent'] as const;
export const HOURS = 'insideHours';

export const isOfEvent = (field: string): boolean => (OF_EVENTS as readonly string[]).includes(field);
/** The fields that need the words of the entry. */
export const needsWords = (field: string): boolean => field === 'message' || field === 'messageThanks' || field === 'messageAngry' || field === 'messageLegal';

export const RULE_FIELDS: Fields<RuleRecord> = withAnyField(defineFields<RuleRecord>([
  ...TICKET_FIELDS.list,
  { id: HOURS, label: 'automation.field.inside_hours', type: 'boolean', read: (r) => r.insideHours },
  { id: 'by', label: 'automation.field.by', type: 'enum', options: CAUSERS, optionLabel: (causer) => `automation.by.${causer}`, nullable: true, read: (r) => r.by },
  { id: 'message', label: 'automation.field.message', type: 'text', nullable: true, read: (r) => r.message },
  { id: 'messageThanks', label: 'automation.field.message_thanks', type: 'boolean', nullable: true, read: (r) => r.messageThanks },
  { id: 'messageAngry', label: 'automation.field.message_angry', type: 'boolean', nullable: true, read: (r) => r.messageAngry },
  { id: 'messageLegal', label: 'automation.field.message_legal', type: 'boolean', nullable: true, read: (r) => r.messageLegal },
  { id: 'messageAutomatic', label: 'automation.field.message_automatic', type: 'boolean', nullable: true, read: (r) => r.messageAutomatic },
  { id: 'slaMetric', label: 'automation.field.sla_metric', type: 'enum', options: SLA_METRICS, optionLabel: (metric) => `automation.sla_metric.${metric}`, nullable: true, read: (r) => r.slaMetric },
  { id: 'slaPercent', label: 'automation.field.sla_percent', type: 'number', integer: true, nullable: true, read: (r) => r.slaPercent },
]));

/** Those that a rule of this kind may ask about. */
export const fieldsFor = (on: 'event' | 'time'): Fields<RuleRecord> =>
  (on === 'event' ? RULE_FIELDS : withAnyField(defineFields(RULE_FIELDS.list.filter(({ id }) => !isOfEvent(id)))));

