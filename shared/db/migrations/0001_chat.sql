-- Conversations. All state is scoped by (user_id, session_id): another user's id is another session.

create table chat_sessions (
    user_id        text        not null,
    session_id     uuid        not null,
    title          text,
    context_ticker text,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    primary key (user_id, session_id)
);

create index chat_sessions_recent on chat_sessions (user_id, updated_at desc);

-- One monotonic token per claim, across all turns: whoever holds the newest may speak and finish.
create sequence chat_fence;

-- The queue. `ord` is given under the lock of the session's row, so its order is the order of acceptance.
create table chat_turns (
    user_id          text        not null,
    session_id       uuid        not null,
    turn_id          uuid        not null,
    ord              bigserial   not null,
    status           text        not null default 'queued'
                     check (status in ('queued', 'running', 'complete', 'failed')),
    content          text        not null,
    context_ticker   text,
    cancel_requested boolean     not null default false,
    attempt          integer     not null default 0,
    excused          integer     not null default 0,      -- attempts that ended through no fault of the turn
    fence            bigint      not null default 0,
    lease_until      timestamptz,
    woken_at         timestamptz,           -- when the sweeper last rang for it
    error            jsonb,                 -- of a failed turn: code, message, retryable, retry_after_ms
    announced        boolean     not null default false,  -- its ending reached the event log
    created_at       timestamptz not null default now(),
    ended_at         timestamptz,
    primary key (user_id, session_id, turn_id),
    foreign key (user_id, session_id) references chat_sessions on delete cascade
);

create unique index chat_turns_one_running on chat_turns (user_id, session_id) where status = 'running';
create index chat_turns_unfinished on chat_turns (user_id, session_id, ord) where status in ('queued', 'running');
create index chat_turns_unannounced on chat_turns (user_id, session_id, ord)
    where status in ('complete', 'failed') and not announced;
create index chat_turns_fence on chat_turns (fence) where status = 'running' or not announced;

-- What was said. The worker alone writes here; ids grow in the order of the conversation.
create table chat_messages (
    id             bigint generated always as identity primary key,
    user_id        text        not null,
    session_id     uuid        not null,
    turn_id        uuid        not null,
    role           text        not null check (role in ('user', 'assistant')),
    content        text        not null,
    finish_reason  text,
    context_ticker text,
    analysis_id    bigint,
    model          text,
    usage          jsonb,                   -- {"input_tokens": n, "output_tokens": n}
    created_at     timestamptz not null default now(),
    -- In this order, so that a lookup of one message can only use this index, and a walk through a conversation
    -- only the one below: to a planner that knows few sessions the two looked alike.
    unique (turn_id, role, user_id, session_id),
    foreign key (user_id, session_id) references chat_sessions on delete cascade
);

create index chat_messages_session on chat_messages (user_id, session_id, id);

-- Tokens used per user and UTC day; the budget is checked at the door.
create table token_usage (
    user_id       text   not null,
    day           date   not null,
    input_tokens  bigint not null default 0,
    output_tokens bigint not null default 0,
    primary key (user_id, day)
);
