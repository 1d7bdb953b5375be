-- What is stored of an answer beside its text: its figures with what was found out about each, and its look-ups.
alter table chat_messages add column figures jsonb;
alter table chat_messages add column lookups jsonb;
alter table chat_messages add column prompt_version text;
