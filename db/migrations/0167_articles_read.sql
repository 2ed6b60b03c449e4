-- How often customers were shown an article, by day; who they were is not kept.
create table article_views (
  workspace_id uuid not null,
  article_id uuid not null,
  day date not null,
  shown bigint not null,
  primary key (workspace_id, article_id, day),
  foreign key (workspace_id, article_id) references articles (workspace_id, id) on delete cascade
);
create index article_views_period on article_views (workspace_id, day);
create index article_views_age on article_views (day);
call rapport_protect('article_views');

-- What somebody known has read: a customer who is signed in, or a visitor of a chat. Kept for a day, to see whether a ticket follows.
create table article_readings (
  workspace_id uuid not null,
  reader text not null,
  article_id uuid not null,
  at timestamptz not null,
  primary key (workspace_id, reader, article_id),
  foreign key (workspace_id, article_id) references articles (workspace_id, id) on delete cascade
);
create index article_readings_article on article_readings (workspace_id, article_id);
create index article_readings_age on article_readings (at);
call rapport_protect('article_readings');

-- Tickets that were written within a day of reading an article.
create table article_tickets (
  workspace_id uuid not null,
  article_id uuid not null,
  ticket_id uuid not null,
  at timestamptz not null,
  primary key (workspace_id, article_id, ticket_id),
  foreign key (workspace_id, article_id) references articles (workspace_id, id) on delete cascade,
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id) on delete cascade
);
create index article_tickets_latest on article_tickets (workspace_id, article_id, at desc);
create index article_tickets_period on article_tickets (workspace_id, at);
create index article_tickets_ticket on article_tickets (workspace_id, ticket_id);
call rapport_protect('article_tickets');

-- Opinions of a period, of all articles.
create index article_votes_period on article_votes (workspace_id, at);
