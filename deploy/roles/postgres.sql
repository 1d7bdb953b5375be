-- What each service may do in the database. Run it as the tables' owner, after `python -m shared.db` and again
-- after every migration: psql "$OWNER_URL" -f deploy/roles/postgres.sql. It is one transaction and changes nothing
-- the second time; psql ends with 3 if it fails. The owner itself is for migrations and imports only.
-- The services' passwords are set apart from it: alter role tickertalk_gateway password '...';
--
-- An owner without CREATEROLE lets an administrator make the two roles once (the message says how); one who does not
-- own the database lets its owner run what is left out with a notice.
\set ON_ERROR_STOP on

begin;

do $$
declare
    service text;
begin
    foreach service in array array['tickertalk_gateway', 'tickertalk_worker'] loop
        if not exists (select from pg_roles where rolname = service) then
            if not (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) then
                raise exception 'there is no role %, and % may not create roles', service, current_user
                    using hint = format('An administrator runs once: create role %I login; create role %I login;',
                                        'tickertalk_gateway', 'tickertalk_worker');
            end if;
            execute format('create role %I login', service);
        end if;
        execute format('revoke all on all tables in schema public from %I', service);
        execute format('revoke all on all sequences in schema public from %I', service);
    end loop;
    if (select pg_has_role(datdba, 'usage') from pg_database where datname = current_database()) then
        execute format('revoke all on database %I from public', current_database());
        execute format('grant connect on database %I to tickertalk_gateway, tickertalk_worker', current_database());
        grant usage on schema public to tickertalk_gateway, tickertalk_worker;
        revoke create on schema public from public;
    else
        raise notice 'For the owner of the database: revoke all on database % from public; grant connect on database'
            ' % to tickertalk_gateway, tickertalk_worker; grant usage on schema public to tickertalk_gateway,'
            ' tickertalk_worker; revoke create on schema public from public;', current_database(), current_database();
    end if;
end
$$;

-- Both read what answers are made from, and which migrations were applied; neither writes it.
grant select on companies, analysis_history, daily_prices to tickertalk_gateway, tickertalk_worker;
grant select (name) on schema_migrations to tickertalk_gateway, tickertalk_worker;

-- The gateway queues questions, asks for a stop, and keeps the list of sessions. It cannot say anything in the
-- name of the model, finish a turn, or count tokens. What belongs to a deleted session goes with it (cascade).
grant select on chat_messages, chat_turns, token_usage to tickertalk_gateway;
grant select, insert, delete on chat_sessions to tickertalk_gateway;
grant update (title, context_ticker, context_analysis_id, updated_at) on chat_sessions to tickertalk_gateway;
grant insert (user_id, session_id, turn_id, content, context_ticker, analysis_id, traceparent)
    on chat_turns to tickertalk_gateway;
grant update (cancel_requested) on chat_turns to tickertalk_gateway;
grant update (superseded_by) on chat_messages to tickertalk_gateway;
grant usage on sequence chat_turns_ord_seq to tickertalk_gateway;

-- What readers write themselves passes through the gateway: their verdicts and the companies they watch.
grant select, insert, delete on feedback, watchlist to tickertalk_gateway;
grant update (vote, reasons, comment, created_at) on feedback to tickertalk_gateway;
grant update (seen_analysis_id) on watchlist to tickertalk_gateway;

-- The worker claims turns and writes what was said. It cannot ask, change a question, rewrite or delete what was said.
grant select on chat_sessions, chat_turns, token_usage to tickertalk_worker;
grant update (updated_at) on chat_sessions to tickertalk_worker;
grant update (status, attempt, excused, fence, lease_until, woken_at, error, announced, ended_at)
    on chat_turns to tickertalk_worker;
grant usage on sequence chat_fence to tickertalk_worker;
grant select, insert on chat_messages to tickertalk_worker;
grant insert, update on token_usage to tickertalk_worker;

commit;
