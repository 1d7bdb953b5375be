-- What an answer stands on and how it was received: checked figures, look-ups, versions, verdicts, watched companies.

-- A correction of an analysis raises `revision`; `made_by` is the name of the rule, the tool or the person.
alter table analysis_history
    add column revision integer not null default 1,
    add column made_by  text;

update analysis_history set made_by = 'points-1' where position('Made by the rule "points-1"' in summary) > 0;

alter table chat_messages
    add column figures        jsonb,        -- [figure] of an answer, see docs/protocol.md
    add column lookups        jsonb,        -- [lookup] of an answer, in the order they began
    add column prompt_version text,         -- of the instructions that the answer was written under
    add column superseded_by  uuid;         -- the turn that asks this one again; null while it stands

alter table chat_turns add column traceparent text;  -- W3C trace context of the request that asked

-- The reader's last word on an answer; a null vote was taken back. It goes with its conversation.
create table feedback (
    user_id    text        not null,
    session_id uuid        not null,
    turn_id    uuid        not null,
    vote       text        check (vote in ('up', 'down')),
    reasons    text[]      not null default '{}',
    comment    text        check (length(comment) <= 2000),
    created_at timestamptz not null default now(),
    primary key (user_id, session_id, turn_id),
    foreign key (user_id, session_id) references chat_sessions on delete cascade
);

-- The companies a user follows, and the analysis last seen of each.
create table watchlist (
    user_id          text        not null,
    ticker           text        not null,
    seen_analysis_id bigint,
    created_at       timestamptz not null default now(),
    primary key (user_id, ticker)
);

-- The analysis on screen may be an older one than the newest of its company; null is the newest.
alter table chat_sessions add column context_analysis_id bigint;
alter table chat_turns add column analysis_id bigint;
