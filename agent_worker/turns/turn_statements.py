"""The SQL of the queue (`turn_store.py` says what each is for)."""

from agent_worker.turns.cancelled_waiting import ANY_CANCELLED_WAITING
from shared.db.endings import ENDING_COLUMNS, ENDING_SOURCE

LOCK = """
    update chat_sessions set updated_at = now() where (user_id, session_id) = ($1, $2) returning true
"""
OLDEST = f"""
    select user_id, session_id, turn_id, content, context_ticker, analysis_id, attempt, excused, fence, cancel_requested,
           status = 'queued' or lease_until < clock_timestamp() as free,
           extract(epoch from clock_timestamp() - created_at)::float8 as waited,
           ({ANY_CANCELLED_WAITING}) as any_cancelled_waiting
      from chat_turns
     where (user_id, session_id) = ($1, $2) and status in ('queued', 'running')
     order by ord limit 1
"""  # noqa: S608 - a constant
CLAIM = """
    with claimed as (
        update chat_turns
           set status = 'running', attempt = attempt + 1, fence = nextval('chat_fence'),
               lease_until = clock_timestamp() + make_interval(secs => $4)
         where (user_id, session_id, turn_id) = ($1, $2, $3)
     returning attempt, fence, cancel_requested, content, context_ticker
    ), question as (
        insert into chat_messages (user_id, session_id, turn_id, role, content, context_ticker)
        select $1, $2, $3, 'user', content, context_ticker from claimed
            on conflict do nothing
    )
    select attempt, fence, cancel_requested from claimed
"""
RENEW = """
    update chat_turns
       set attempt = attempt + 1, excused = excused + $6::bool::int, fence = nextval('chat_fence'),
           lease_until = clock_timestamp() + make_interval(secs => $5)
     where (user_id, session_id, turn_id, fence) = ($1, $2, $3, $4) and status = 'running'
 returning attempt, excused, fence, cancel_requested
"""
GIVE_UP = """
    update chat_turns
       set status = 'failed', error = $4, fence = nextval('chat_fence'), lease_until = null, ended_at = now()
     where (user_id, session_id, turn_id) = ($1, $2, $3)
"""
FINISH = """
    with ended as (
        update chat_turns set status = 'complete', lease_until = null, ended_at = now()
         where (user_id, session_id, turn_id, fence) = ($1, $2, $3, $4) and status = 'running'
     returning context_ticker
    ), used as (
        insert into token_usage (user_id, day, input_tokens, output_tokens)
        select $1, (now() at time zone 'utc')::date, $10, $11 from ended
            on conflict (user_id, day) do update
           set input_tokens = token_usage.input_tokens + excluded.input_tokens,
               output_tokens = token_usage.output_tokens + excluded.output_tokens
    )
    insert into chat_messages (user_id, session_id, turn_id, role, content, finish_reason,
                               context_ticker, analysis_id, model, usage, figures, lookups, prompt_version)
    select $1, $2, $3, 'assistant', $5, $6, context_ticker, $7, $8, $9, $12, $13, $14 from ended
"""
FAIL = """
    update chat_turns set status = 'failed', error = $5, lease_until = null, ended_at = now()
     where (user_id, session_id, turn_id, fence) = ($1, $2, $3, $4) and status = 'running'
"""
NEXT = """
    select user_id, session_id, turn_id, content, context_ticker from chat_turns
     where (user_id, session_id) = ($1, $2) and status = 'queued'
     order by ord limit 1
"""
HEARTBEAT = """
    update chat_turns set lease_until = clock_timestamp() + make_interval(secs => $2)
     where fence = any($1::bigint[]) and status = 'running'
 returning fence, cancel_requested
"""
RELEASE = """
    update chat_turns set lease_until = clock_timestamp(), excused = excused + 1
     where (user_id, session_id, turn_id, fence) = ($1, $2, $3, $4) and status = 'running'
 returning true
"""
OVERDUE = """
    with oldest as (
        select distinct on (user_id, session_id)
               user_id, session_id, turn_id, status, lease_until, created_at, woken_at
          from chat_turns where status in ('queued', 'running')
         order by user_id, session_id, ord
    ), due as (
        select user_id, session_id, turn_id from oldest
         where case status when 'running' then lease_until < clock_timestamp()
                           else created_at < clock_timestamp() - make_interval(secs => $1) end
           and (woken_at is null or woken_at < clock_timestamp() - make_interval(secs => $2))
         limit $3
    ), free as ( -- whoever holds a row looks after it; to wait for many rows would be a deadlock
        select t.user_id, t.session_id, t.turn_id
          from chat_turns t join due using (user_id, session_id, turn_id)
           for update of t skip locked
    )
    update chat_turns t set woken_at = clock_timestamp()
      from free
     where (t.user_id, t.session_id, t.turn_id) = (free.user_id, free.session_id, free.turn_id)
       and (t.woken_at is null or t.woken_at < clock_timestamp() - make_interval(secs => $2))
 returning t.user_id, t.session_id, t.turn_id, t.content, t.context_ticker
"""
ONE_ENDING = f"""
    select {ENDING_COLUMNS} from {ENDING_SOURCE}
     where (t.user_id, t.session_id, t.turn_id) = ($1, $2, $3) and t.status in ('complete', 'failed')
"""  # noqa: S608 - both are constants
SESSION_UNPUBLISHED = f"""
    select {ENDING_COLUMNS} from {ENDING_SOURCE}
     where (t.user_id, t.session_id) = ($1, $2) and t.status in ('complete', 'failed') and not t.announced
     order by t.ord
"""  # noqa: S608
ALL_UNPUBLISHED = f"""
    select {ENDING_COLUMNS} from {ENDING_SOURCE}
     where t.status in ('complete', 'failed') and not t.announced
       and t.ended_at < clock_timestamp() - make_interval(secs => $1)
     order by t.ord limit $2
"""  # noqa: S608
MARK_PUBLISHED = """
    with mine as (
        select fence from chat_turns
         where fence = any($1::bigint[]) and not announced and status in ('complete', 'failed')
           for update skip locked
    )
    update chat_turns t set announced = true
      from mine
     where t.fence = mine.fence and not t.announced and t.status in ('complete', 'failed')
"""
UNFINISHED = """
    select count(*) filter (where status = 'queued') as queued, count(*) filter (where status = 'running') as running,
           coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8 as oldest_seconds,
           (select count(*) from chat_turns where status in ('complete', 'failed') and not announced) as untold
      from chat_turns where status in ('queued', 'running')
"""
