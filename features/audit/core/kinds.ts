/** Of what lines tell, as the triggers call it. */
export const KINDS = [
  'person', 'team', 'team_member', 'session', 'remembered_device', 'token', 'code_app', 'passkey', 'recovery_code', 'workspace', 'export',
  'calendar', 'calendar_day', 'calendar_place', 'field', 'view', 'intake',
  'mailbox', 'mail_source', 'relay', 'sending_domain', 'dkim_key', 'sign_in_provider', 'mailbox_sign_in', 'suppression', 'sender_rule', 'spam_filter',
  'quarantine_settings', 'held_mail', 'mail_incident',
  'sla_policy', 'sla_flag', 'queue', 'skill', 'person_routing', 'presence_state', 'routing_settings', 'absence', 'rule', 'approval_policy', 'approval_demand',
  'checklist_template', 'saved_reply', 'webhook', 'incoming_webhook',
  'chat_widget', 'chat_secret', 'chat_ban', 'help_settings', 'article', 'article_category', 'article_synonyms', 'charter', 'request_settings', 'privacy_request',
  'status_component', 'status_incident', 'status_notice',
  'customer', 'customer_note', 'customer_merge', 'company', 'ticket', 'ticket_merge', 'redaction', 'import',
] as const;
export type Kind = (typeof KINDS)[number];
