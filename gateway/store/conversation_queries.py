"""The SQL of `Conversations`."""

from shared.db.endings import ENDING_COLUMNS, ENDING_SOURCE

LOCK = """
    insert into chat_sessions as s (user_id, session_id, title) values ($1, $2, $3)
        on conflict (user_id, session_id) do update
       set title = coalesce(s.title, excluded.title), updated_at = now()
 returning context_ticker, context_analysis_id
"""
IS_ANALYSIS_OF = "select exists (select from analysis_history where id = $1 and ticker = $2) as known"
DOOR = """
    select own.unfinished, own.every,
           exists (select from chat_turns where (user_id, session_id, turn_id) = ($1, $2, $3)) as known,
           (select count(*) from (
               select from chat_turns where status in ('queued', 'running') limit $4) as unfinished_turns) as backlog,
           coalesce((select input_tokens + output_tokens from token_usage
                      where user_id = $1 and day = (now() at time zone 'utc')::date), 0) as tokens
      from (select coalesce(array_agg(turn_id), '{}') as every,
                   -- one that waits and is cancelled gave its place up, whether or not a worker has ended it
                   coalesce(array_agg(turn_id order by ord)
                            filter (where not (status = 'queued' and cancel_requested)), '{}') as unfinished
              from chat_turns where (user_id, session_id) = ($1, $2) and status in ('queued', 'running')) as own
"""
KNOWN = "select from chat_turns where (user_id, session_id, turn_id) = ($1, $2, $3)"
INSERT = """
    insert into chat_turns (user_id, session_id, turn_id, content, context_ticker, analysis_id)
         values ($1, $2, $3, $4, $5, $6)
"""
ONE_ENDING = f"""
    select {ENDING_COLUMNS} from {ENDING_SOURCE}
     where (t.user_id, t.session_id, t.turn_id) = ($1, $2, $3)
"""  # noqa: S608 - both are constants
ENDINGS = f"""
    select {ENDING_COLUMNS} from {ENDING_SOURCE}
     where (t.user_id, t.session_id) = ($1, $2) and t.turn_id = any($3) and t.status in ('complete', 'failed')
     order by t.ord
"""  # noqa: S608
CANCEL = """
    with flagged as (
        update chat_turns set cancel_requested = true
         where (user_id, session_id, turn_id) = ($1, $2, $3) and status in ('queued', 'running')
     returning turn_id
    )
    select exists (select from flagged) as flagged,
           exists (select from chat_turns where (user_id, session_id, turn_id) = ($1, $2, $3)) as known
"""
CANCEL_OLDEST = """
    update chat_turns set cancel_requested = true
     where (user_id, session_id, turn_id) = (
               select user_id, session_id, turn_id from chat_turns
                where (user_id, session_id) = ($1, $2) and status in ('queued', 'running')
                order by ord limit 1)
       and status in ('queued', 'running')
 returning turn_id
"""
NEWEST = """
    left join lateral (
        select id, as_of from analysis_history
         where analysis_history.ticker = s.context_ticker
         order by id = s.context_analysis_id desc nulls last, as_of desc, id desc limit 1) a on true
"""
SET_CONTEXT = f"""
    with s as (
        insert into chat_sessions (user_id, session_id, context_ticker, context_analysis_id) values ($1, $2, $3, $4)
            on conflict (user_id, session_id) do update
           set context_ticker = excluded.context_ticker, context_analysis_id = excluded.context_analysis_id,
               updated_at = now()
     returning context_ticker, context_analysis_id
    )
    select s.context_ticker as ticker, a.id as analysis_id, a.as_of from s {NEWEST}
"""  # noqa: S608
VIEW = f"""
    select s.context_ticker as ticker, a.id as analysis_id, a.as_of,
           (select turn_id from chat_turns
             where (user_id, session_id) = ($1, $2) and status = 'running') as running
      from (values (1)) as one
      left join chat_sessions s on (s.user_id, s.session_id) = ($1, $2) {NEWEST}
"""  # noqa: S608
QUEUED = """
    select turn_id, content from chat_turns
     where (user_id, session_id) = ($1, $2) and status = 'queued' order by ord
"""
HISTORY = """
    select m.*, a.as_of, t.ord
      from chat_messages m
      left join analysis_history a on a.id = m.analysis_id
      left join chat_turns t using (user_id, session_id, turn_id)
     where (m.user_id, m.session_id) = ($1, $2) and ($3::bigint is null or m.id < $3)
     order by m.id desc limit $4
"""
