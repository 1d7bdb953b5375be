-- What is stored of an answer beside its text: its figures with what was found out about each, and its look-ups.
alter table chat_messages add column figures jsonb;
alter table chat_messages add column lookups jsonb;
alter table chat_messages add column prompt_version text;

-- The analysis on screen may be an older one than the newest of its company; null is the newest.
alter table chat_sessions add column context_analysis_id bigint;
alter table chat_turns add column analysis_id bigint;
