-- Take over an answer as far as it was shown, to end it there: whoever wrote it died or sleeps, and it was cancelled.
-- From then on the older claim is fenced, so what is returned stays what was shown.
-- KEYS  session, events, text, live, notes
-- ARGV  fence of the new claim, turn
-- Returns {'ok', text, notes}, {'fenced'} or {'lost'} (Redis does not hold this answer, or may have lost its end).
local session, running, notes = KEYS[1], KEYS[3], KEYS[5]
local fence = tonumber(ARGV[1])
local state = redis.call('HMGET', session, 'open', 'ended', 'turn', 'run')
if fence < tonumber(state[1] or 0) or fence <= tonumber(state[2] or 0) then return { 'fenced' } end
local text = redis.call('GET', running)
if state[3] ~= ARGV[2] or state[4] ~= RUN or not text then return { 'lost' } end
redis.call('HSET', session, 'open', ARGV[1])
return { 'ok', text, redis.call('LRANGE', notes, 0, -1) }
