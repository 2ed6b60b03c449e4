-- The ready-made rule used to resolve the ticket again; it now says beforehand that it stays resolved. Rules that somebody has changed stay as they are.
update rules set definition = jsonb_set(jsonb_set(definition, '{actions}', '[{"type": "keep_resolved"}]'), '{conditions}',
  '{"version": 1, "all": [{"field": "status", "operator": "is", "value": "resolved"}, {"field": "messageThanks", "operator": "is", "value": true}]}')
where ready_made = 'thanks' and version = 1;

-- The ready-made policies warn at all their thresholds. Those that somebody has changed stay as they are.
update sla_policies set actions = '[{"do": "notify", "at": 50, "whom": "assignee"}, {"do": "notify", "at": 75, "whom": "assignee"}, {"do": "notify", "at": 90, "whom": "assignee"},
  {"do": "notify", "at": 90, "whom": "leads"}, {"do": "notify", "at": 100, "whom": "assignee"}, {"do": "escalate", "at": 100}]'
where ready_made in ('mail_24h', 'letter_received') and version = 1;
