// Generated from the migrated database by `npm run db:types`. Do not edit.
import type { ColumnType, GeneratedAlways } from 'kysely';

type Generated<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;
type Timestamp = ColumnType<Date, Date | string, Date | string>;
/** Read as parsed JSON, written as text. */
type JsonColumn = ColumnType<unknown, string, string>;

export interface Schema {
  api_tokens: {
    workspace_id: string;
    id: string;
    person_id: string;
    name: string;
    token_hash: Buffer;
    scopes: string[];
    created_at: Timestamp;
    last_used_at: Timestamp | null;
    expires_at: Timestamp;
    revoked_at: Timestamp | null;
  };
  attachments: {
    workspace_id: string;
    id: string;
    entry_id: string | null;
    uploaded_by: string | null;
    name: string;
    content_type: string;
    size: number;
    sha256: string;
    content_id: string | null;
    created_at: Timestamp;
  };
  blobs: {
    workspace_id: string;
    sha256: string;
    size: number;
    bytes: Buffer | null;
    created_at: Generated<Timestamp>;
  };
  calendars: {
    workspace_id: string;
    id: string;
    name: string;
    time_zone: string;
    week: JsonColumn;
    holidays: Generated<JsonColumn>;
    closures: Generated<JsonColumn>;
    is_default: Generated<boolean>;
    version: Generated<number>;
    created_at: Timestamp;
    updated_at: Timestamp;
  };
  customer_notes: {
    workspace_id: string;
    id: string;
    customer_id: string;
    author_id: string;
    text: string;
    created_at: Timestamp;
  };
  customers: {
    workspace_id: string;
    id: string;
    name: Generated<string>;
    language: 'en' | 'bg' | 'pl' | 'ru' | 'ar' | null;
    email: string | null;
    created_at: Timestamp;
    updated_at: Timestamp;
  };
  dkim_keys: {
    workspace_id: string;
    id: string;
    domain: string;
    selector: string;
    algorithm: 'rsa' | 'ed25519';
    public_key: string;
    private_key: string | null;
    created_at: Timestamp;
    seen_at: Timestamp | null;
    retired_at: Timestamp | null;
  };
  drafts: {
    workspace_id: string;
    id: string;
    person_id: string;
    ticket_id: string | null;
    kind: 'reply' | 'note' | 'forward' | 'new';
    body: JsonColumn;
    version: number;
    updated_at: Timestamp;
  };
  entries: {
    workspace_id: string;
    id: string;
    ticket_id: string;
    type: 'message' | 'note' | 'call' | 'visit' | 'letter';
    channel: 'email' | 'phone' | 'desk' | 'chat' | 'letter' | 'web';
    direction: 'in' | 'out' | 'internal';
    author_kind: 'customer' | 'person' | 'system';
    author_id: string | null;
    author_name: Generated<string>;
    author_address: string | null;
    subject: Generated<string>;
    text: Generated<string>;
    quoted: Generated<string>;
    recipients: JsonColumn | null;
    message_id: string | null;
    ledger_id: string | null;
    has_html: Generated<boolean>;
    notice: string | null;
    created_at: Timestamp;
    withdrawn_at: Timestamp | null;
    leaves_at: Timestamp | null;
    forwarded_entry_id: string | null;
    authentication: JsonColumn | null;
  };
  entry_html: {
    workspace_id: string;
    entry_id: string;
    html: string;
    safe: string | null;
    safe_version: Generated<number>;
    remote_images: Generated<number>;
  };
  event_followers: {
    name: string;
    position: number;
    updated_at: Generated<Timestamp>;
  };
  event_sequencer: {
    single: Generated<boolean>;
    position: Generated<number>;
    holder: string | null;
    lease_until: Timestamp | null;
  };
  events: {
    workspace_id: string;
    seq: GeneratedAlways<number>;
    position: number | null;
    type: string;
    ticket_id: string | null;
    subject_id: string | null;
    actor_kind: 'person' | 'customer' | 'system';
    actor_id: string | null;
    data: Generated<JsonColumn>;
    at: Timestamp;
  };
  idempotency_keys: {
    workspace_id: string;
    actor_id: string;
    key: string;
    fingerprint: string;
    status: number | null;
    response: JsonColumn | null;
    created_at: Generated<Timestamp>;
    subject_id: string | null;
  };
  identities: {
    workspace_id: string;
    id: string;
    customer_id: string;
    kind: 'email' | 'phone';
    value: string;
    value_key: string;
    created_at: Timestamp;
  };
  inbound_messages: {
    workspace_id: string;
    id: string;
    mailbox_id: string;
    door: 'smtp' | 'imap' | 'http';
    sha256: string;
    size: number;
    message_id: string | null;
    envelope_from: Generated<string>;
    envelope_to: Generated<string[]>;
    from_address: string | null;
    to_addresses: Generated<string[]>;
    state: 'received' | 'filed' | 'duplicate' | 'quarantined' | 'bounce' | 'autoreply';
    reason: string | null;
    ticket_id: string | null;
    entry_id: string | null;
    attempts: Generated<number>;
    next_attempt_at: Timestamp | null;
    received_at: Timestamp;
    done_at: Timestamp | null;
    client_address: string | null;
    client_name: string | null;
    authentication: JsonColumn | null;
    fingerprint: string | null;
    subject: string | null;
    sender_key: string | null;
    released_at: Timestamp | null;
    purged_sha256: string | null;
    report: JsonColumn | null;
    redacted_sha256: string | null;
    nature: 'person' | 'bounce' | 'autoreply' | 'machine' | null;
  };
  mail_folders: {
    workspace_id: string;
    source_id: string;
    name: string;
    uid_validity: number | null;
    last_uid: Generated<number>;
    first_uid: Generated<number>;
    compared_at: Timestamp | null;
  };
  mail_incidents: {
    workspace_id: string;
    id: string;
    ticket_id: string;
    entry_id: string;
    subject: Generated<string>;
    reached: string[];
    withheld: string[];
    note: Generated<string>;
    sent_at: Timestamp | null;
    reported_by: string;
    reported_at: Timestamp;
    correction_mail_id: string | null;
  };
  mail_relays: {
    workspace_id: string;
    id: string;
    name: string;
    host: string;
    port: number;
    security: 'tls' | 'starttls' | 'none';
    username: Generated<string>;
    password: string | null;
    senders: Generated<string[]>;
    fails_over: Generated<boolean>;
    version: Generated<number>;
    created_at: Timestamp;
    auth: Generated<'password' | 'google' | 'microsoft' | 'other'>;
    mailbox_id: string | null;
  };
  mail_soft_failures: {
    workspace_id: string;
    address_key: string;
    day: string;
    count: number;
  };
  mail_sources: {
    workspace_id: string;
    id: string;
    mailbox_id: string;
    host: string;
    port: number;
    security: 'tls' | 'starttls' | 'none';
    username: string;
    password: string;
    afterwards: Generated<'leave' | 'seen' | 'move'>;
    move_to: Generated<string>;
    authserv_id: Generated<string>;
    taken_since: Timestamp | null;
    version: Generated<number>;
    last_ok_at: Timestamp | null;
    error_code: string | null;
    error_words: string | null;
    announced_at: Timestamp | null;
    lease_owner: string | null;
    lease_until: Timestamp | null;
    created_at: Timestamp;
    auth: Generated<'password' | 'google' | 'microsoft' | 'other'>;
  };
  mail_suppressions: {
    workspace_id: string;
    id: string;
    address: string;
    address_key: string;
    reason: 'unknown_address' | 'unknown_host' | 'disabled' | 'complaint' | 'often_failing';
    words: Generated<string>;
    ledger_id: string | null;
    since: Timestamp;
    lifted_at: Timestamp | null;
    lifted_by: string | null;
  };
  mail_uids: {
    workspace_id: string;
    source_id: string;
    folder: string;
    uid_validity: number;
    uid: number;
    state: 'stored' | 'skipped' | 'trying' | 'aside';
    ledger_id: string | null;
    attempts: Generated<number>;
    settled_at: Timestamp | null;
  };
  mail_unsubscriptions: {
    workspace_id: string;
    list: string;
    address_key: string;
    at: Timestamp;
  };
  mailboxes: {
    workspace_id: string;
    id: string;
    address: string;
    address_key: string;
    name: Generated<string>;
    team_id: string | null;
    signature: Generated<string>;
    acknowledge: Generated<boolean>;
    acknowledgement: Generated<JsonColumn>;
    created_at: Timestamp;
    disabled_at: Timestamp | null;
    token_in_address: Generated<boolean>;
    reply_to: Generated<string>;
    archive: Generated<string>;
  };
  oauth_clients: {
    workspace_id: string;
    provider: 'google' | 'microsoft' | 'other';
    client_id: string;
    client_secret: string;
    tenant: Generated<string>;
    authorize_url: Generated<string>;
    token_url: Generated<string>;
    scope: Generated<string>;
    mail_host: Generated<string>;
    created_at: Timestamp;
    smtp_host: Generated<string>;
  };
  oauth_grants: {
    workspace_id: string;
    mailbox_id: string;
    provider: string;
    username: string;
    refresh_token: string;
    access_token: string;
    access_until: Timestamp;
    refused_at: Timestamp | null;
    refreshing_until: Timestamp | null;
    created_at: Timestamp;
  };
  oauth_sign_ins: {
    workspace_id: string;
    state_hash: Buffer;
    session_id: string;
    mailbox_id: string;
    provider: string;
    username: string;
    verifier: string;
    expires_at: Timestamp;
    return_to: Generated<'mailboxes' | 'sending'>;
  };
  one_time_links: {
    workspace_id: string;
    id: string;
    purpose: 'invitation' | 'reset' | 'second_step';
    person_id: string;
    token_hash: Buffer;
    created_at: Timestamp;
    expires_at: Timestamp;
    used_at: Timestamp | null;
    code_hash: Buffer | null;
  };
  outbox: {
    workspace_id: string;
    id: string;
    purpose: 'reply' | 'forward' | 'acknowledgement' | 'invitation' | 'reset' | 'notice' | 'archive' | 'bulk';
    entry_id: string | null;
    ticket_id: string | null;
    message_id: string;
    envelope_from: string;
    envelope_to: string[];
    content: JsonColumn;
    attachments: Generated<JsonColumn>;
    state: 'queued' | 'sending' | 'accepted' | 'failed' | 'withdrawn';
    not_before: Timestamp;
    next_attempt_at: Timestamp;
    attempts: Generated<number>;
    lease_until: Timestamp | null;
    response: string | null;
    created_at: Timestamp;
    accepted_at: Timestamp | null;
  };
  participants: {
    workspace_id: string;
    ticket_id: string;
    address_key: string;
    address: string;
    name: Generated<string>;
    added_at: Timestamp;
  };
  passkey_challenges: {
    challenge_hash: Buffer;
    purpose: 'register' | 'second_step' | 'sign_in' | 'step_up';
    person_id: string | null;
    expires_at: Timestamp;
  };
  passkeys: {
    workspace_id: string;
    id: string;
    person_id: string;
    credential_id: string;
    public_key: Buffer;
    counter: number;
    transports: Generated<string[]>;
    name: string;
    created_at: Timestamp;
    last_used_at: Timestamp | null;
  };
  people: {
    workspace_id: string;
    id: string;
    email: string;
    email_key: string;
    name: string;
    role: 'owner' | 'admin' | 'lead' | 'agent' | 'colleague';
    language: Generated<'en' | 'bg' | 'pl' | 'ru' | 'ar'>;
    theme: Generated<'system' | 'light' | 'dark'>;
    password_hash: string | null;
    invited_at: Timestamp | null;
    joined_at: Timestamp | null;
    deactivated_at: Timestamp | null;
    deactivated_by: string | null;
    created_at: Timestamp;
  };
  quarantine: {
    workspace_id: string;
    id: string;
    mailbox_id: string;
    reason: 'unreadable' | 'spam' | 'blocked_sender' | 'verification_code' | 'too_many' | 'loop';
    words: Generated<string>;
    sender: Generated<string>;
    sender_name: Generated<string>;
    subject: Generated<string>;
    held_at: Timestamp;
    state: 'held' | 'releasing' | 'released' | 'discarded' | 'purged';
    decided_by: string | null;
    decided_at: Timestamp | null;
    decision_id: string | null;
    release_at: Timestamp | null;
    announced_at: Timestamp | null;
    announced_in: string | null;
    vector: string;
  };
  quarantine_owners: {
    workspace_id: string;
    mailbox_id: string;
    person_id: string | null;
    team_id: string | null;
  };
  quarantine_settings: {
    workspace_id: string;
    keep_days: Generated<number>;
    person_id: string | null;
    team_id: string | null;
    digest_due_at: Timestamp | null;
    digest_hour: Generated<number>;
  };
  rate_windows: {
    key: string;
    count: number;
    ends_at: Timestamp;
  };
  recovery_codes: {
    workspace_id: string;
    person_id: string;
    code_hash: Buffer;
    created_at: Timestamp;
    used_at: Timestamp | null;
  };
  remembered_devices: {
    workspace_id: string;
    id: string;
    person_id: string;
    device_hash: Buffer;
    user_agent: string;
    address: string;
    created_at: Timestamp;
    expires_at: Timestamp;
  };
  rule_ages: {
    workspace_id: string;
    rule_id: string;
    number: number;
    reached_at: Timestamp;
    reached_id: string;
  };
  rule_follow_ups: {
    workspace_id: string;
    id: string;
    rule_id: string;
    ticket_id: string;
    text: string;
    due_at: Timestamp;
    done_at: Timestamp | null;
    created_at: Timestamp;
  };
  rule_later: {
    workspace_id: string;
    rule_id: string;
    ticket_id: string;
    due_at: Timestamp;
  };
  rule_runs: {
    workspace_id: string;
    id: string;
    rule_id: string;
    rule_version: number;
    ticket_id: string;
    cause: string;
    event: string | null;
    due_at: Timestamp | null;
    late: Generated<boolean>;
    depth: Generated<number>;
    outcome: 'ran' | 'failed' | 'limited' | 'looped';
    held: Generated<JsonColumn>;
    effects: Generated<JsonColumn>;
    seq_from: Generated<number>;
    seq_to: Generated<number>;
    at: Timestamp;
  };
  rule_sets: {
    workspace_id: string;
    ready_made: number;
  };
  rule_versions: {
    workspace_id: string;
    rule_id: string;
    version: number;
    definition: JsonColumn;
    changed_by: string | null;
    changed_at: Timestamp;
  };
  rules: {
    workspace_id: string;
    id: string;
    position: number;
    enabled: boolean;
    kind: 'event' | 'time';
    definition: JsonColumn;
    version: Generated<number>;
    calendar_id: string | null;
    ready_made: string | null;
    look_at: Timestamp | null;
    removed_at: Timestamp | null;
    created_at: Timestamp;
    updated_at: Timestamp;
  };
  saved_replies: {
    workspace_id: string;
    id: string;
    team_id: string | null;
    name: string;
    variants: JsonColumn;
    created_at: Timestamp;
    updated_at: Timestamp;
  };
  schema_migrations: {
    name: string;
    sha256: string;
    applied_at: Generated<Timestamp>;
  };
  search_documents: {
    workspace_id: string;
    kind: 'entry' | 'ticket' | 'customer';
    id: string;
    subject_id: string;
    at: Timestamp;
    hidden: Generated<boolean>;
    name: string | null;
    vector: string;
  };
  sender_rules: {
    workspace_id: string;
    id: string;
    verdict: 'block' | 'allow';
    kind: 'address' | 'domain';
    value: string;
    reason: Generated<string>;
    created_by: string | null;
    created_at: Timestamp;
  };
  sender_traffic: {
    workspace_id: string;
    key: string;
    slot: Timestamp;
    count: number;
  };
  sending_domains: {
    workspace_id: string;
    domain: string;
    checked_at: Timestamp | null;
    found: JsonColumn | null;
    created_at: Timestamp;
    check_due_at: Generated<Timestamp>;
  };
  sessions: {
    workspace_id: string;
    id: string;
    person_id: string;
    token_hash: Buffer;
    user_agent: Generated<string>;
    address: Generated<string>;
    created_at: Timestamp;
    last_seen_at: Timestamp;
    expires_at: Timestamp;
    revoked_at: Timestamp | null;
    second_step: 'totp' | 'passkey' | 'recovery' | 'device' | 'operator' | null;
    proved_at: Generated<Timestamp>;
    remembered_id: string | null;
  };
  setup_links: {
    token_hash: Buffer;
    expires_at: Timestamp;
    used_at: Timestamp | null;
  };
  sla_flags: {
    workspace_id: string;
    id: string;
    ticket_id: string;
    kind: 'holding_replies' | 'repeated_snoozes';
    person_id: string | null;
    count: number;
    at: Timestamp;
    reviewed_at: Timestamp | null;
    reviewed_by: string | null;
  };
  sla_policies: {
    workspace_id: string;
    id: string;
    name: string;
    calendar_id: string | null;
    conditions: JsonColumn | null;
    targets: JsonColumn;
    actions: Generated<JsonColumn>;
    place: number;
    enabled: Generated<boolean>;
    ready_made: string | null;
    version: Generated<number>;
    created_at: Timestamp;
    updated_at: Timestamp;
  };
  sla_rules: {
    workspace_id: string;
    version: Generated<number>;
    trusted_from: Generated<number>;
    swept: Generated<number>;
    sweeping: number | null;
    sweep_after: JsonColumn | null;
  };
  sla_sheets: {
    workspace_id: string;
    ticket_id: string;
    policy_id: string | null;
    sheet: JsonColumn;
    rules: number;
    next_at: Timestamp | null;
    due_at: Timestamp | null;
  };
  socket_tickets: {
    hash: Buffer;
    expires_at: Timestamp;
  };
  spam_filters: {
    workspace_id: string;
    sensitivity: Generated<'off' | 'careful' | 'normal' | 'strict'>;
    per_ten_minutes: Generated<number>;
    per_hour: Generated<number>;
    equal_texts: Generated<number>;
    spam_lessons: Generated<number>;
    ham_lessons: Generated<number>;
  };
  spam_lessons: {
    workspace_id: string;
    ledger_id: string;
    wanted: 'spam' | 'ham' | null;
    learnt: 'spam' | 'ham' | null;
    words: Generated<string[]>;
    decided_at: Timestamp;
    learnt_at: Timestamp | null;
    attempts: Generated<number>;
  };
  spam_words: {
    workspace_id: string;
    word: string;
    spam: Generated<number>;
    ham: Generated<number>;
  };
  team_members: {
    workspace_id: string;
    team_id: string;
    person_id: string;
  };
  teams: {
    workspace_id: string;
    id: string;
    name: string;
    archived_at: Timestamp | null;
    created_at: Timestamp;
    reopen_days: Generated<number>;
  };
  ticket_links: {
    workspace_id: string;
    ticket_id: string;
    to_id: string;
    reason: 'stranger' | 'unproven' | 'possibly_belongs_to' | 'follows';
    address: Generated<string>;
    created_at: Timestamp;
    outcome: 'joined' | 'apart' | null;
    merge_id: string | null;
    settled_at: Timestamp | null;
    settled_by: string | null;
  };
  ticket_merges: {
    workspace_id: string;
    id: string;
    source_id: string;
    target_id: string;
    undo: JsonColumn;
    merged_by: string;
    merged_at: Timestamp;
    undone_at: Timestamp | null;
  };
  ticket_reads: {
    workspace_id: string;
    person_id: string;
    ticket_id: string;
    read_at: Timestamp;
  };
  ticket_tags: {
    workspace_id: string;
    tag: string;
    ticket_id: string;
  };
  tickets: {
    workspace_id: string;
    id: string;
    number: number;
    subject: Generated<string>;
    status: 'new' | 'open' | 'waiting_customer' | 'waiting_third_party' | 'scheduled' | 'resolved' | 'closed';
    priority: Generated<'low' | 'normal' | 'high' | 'urgent'>;
    kind: Generated<'question' | 'information_request' | 'service_request' | 'claim' | 'complaint' | 'suggestion' | 'praise'>;
    channel: 'email' | 'phone' | 'desk' | 'chat' | 'letter' | 'web';
    customer_id: string;
    assignee_id: string | null;
    team_id: string | null;
    mailbox_id: string | null;
    language: 'en' | 'bg' | 'pl' | 'ru' | 'ar' | null;
    language_fixed: Generated<boolean>;
    tags: Generated<string[]>;
    snippet: Generated<string>;
    waiting_since: Timestamp | null;
    last_message_at: Timestamp;
    queue_order: number;
    version: Generated<number>;
    created_at: Timestamp;
    updated_at: Timestamp;
    resolved_at: Timestamp | null;
    closed_at: Timestamp | null;
    deleted_at: Timestamp | null;
    deleted_by: string | null;
    merged_into: string | null;
    phase: GeneratedAlways<string>;
    spam_at: Timestamp | null;
    sla_due_at: Timestamp | null;
    commitment_due_at: Timestamp | null;
    due_at: Timestamp | null;
    due_order: Generated<number>;
  };
  totp_seeds: {
    workspace_id: string;
    person_id: string;
    seed: string | null;
    confirmed_at: Timestamp | null;
    last_step: number | null;
    draft: string | null;
  };
  workspaces: {
    id: string;
    name: string;
    language: Generated<'en' | 'bg' | 'pl' | 'ru' | 'ar'>;
    time_zone: Generated<string>;
    created_at: Timestamp;
    two_step_roles: Generated<string[]>;
  };
}
