-- A fence follows the clock, so that a database restored from a backup does not give fences that Redis knows better
-- than: there the fences of the time after the backup are remembered, and who holds an older one is not heard.
-- Milliseconds, and three digits of the sequence that tell claims of the same one apart; never less than one more
-- than before. Here and not in the workers' statements, so that workers of the version before get the same fences.

create function chat_turns_fence() returns trigger language plpgsql as $$
begin
    new.fence := greatest(
        old.fence + 1,
        floor(extract(epoch from clock_timestamp()) * 1000)::bigint * 1000 + new.fence % 1000
    );
    return new;
end
$$;

create trigger chat_turns_fence before update of fence on chat_turns
    for each row execute function chat_turns_fence();
