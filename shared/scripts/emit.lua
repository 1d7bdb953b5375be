-- One step of a turn's output under its fence: check, number, log, publish, all or nothing.
-- The steps of a claim are numbered 1, 2, 3 …; a step may be sent twice (a reply can be lost): the second time
-- changes nothing.
-- KEYS  session, events, text, live, notes
-- ARGV  step (open | chunk | note | end), number, fence, turn, attempt, epoch (used if a new one begins),
--       log length, log TTL, session TTL, text, bytes of the running answer before this step, how many notes,
--       notes ..., frames without their brace ...
--   open   text and notes: what the answer holds once it is open (not empty when an attempt is published again);
--          frames: user_echo ('' for none; left out if it was announced before), then the opening frames
--   chunk  text is appended to the running answer, notes (figures) to its notes; frames: one ai_chunk
--   note   the note is appended; frames: one event without text (ai_lookup)
--   end    frames: ai_complete or ai_error; the running answer is over
-- Returns 'ok', 'fenced' (a newer claim holds the turn), 'lost' (Redis lost the session, or may have: open again) or
-- 'repeated' (this step was taken before).
local session, events, running, live, notes = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local step, number, fence, turn = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local text, before, first_frame = ARGV[10], tonumber(ARGV[11]), 13 + tonumber(ARGV[12])
local state = redis.call('HMGET', session, 'open', 'ended', 'step', 'run')
local open, ended, last = tonumber(state[1] or 0), tonumber(state[2] or 0), tonumber(state[3] or 0)

if step == 'open' then
  if fence < open or fence <= ended then return 'fenced' end
  if fence == open then return 'repeated' end
elseif step == 'end' then
  if fence <= ended then return 'repeated' end
else
  if not state[1] then return 'lost' end
  if state[4] ~= RUN then return 'lost' end
  if fence ~= open or fence <= ended then return 'fenced' end
  if number <= last then return 'repeated' end
  if number ~= last + 1 then return 'lost' end
end

if step == 'chunk' and redis.call('APPEND', running, text) ~= before + #text then
  return 'lost' -- the text before it is gone; nothing was published yet, and it is opened again whole
end

local epoch = numbering(session, events, ARGV[6])
local echo = 'echo:' .. turn
if step == 'open' then
  redis.call('HSET', session, 'open', ARGV[3], 'turn', turn, 'attempt', ARGV[5])
  redis.call('SET', running, text, 'EX', ARGV[8])
  redis.call('DEL', notes)
  if ARGV[first_frame] == '' or redis.call('HSETNX', session, echo, 1) == 0 then first_frame = first_frame + 1 end
elseif step == 'end' then
  redis.call('HSET', session, 'ended', ARGV[3])
  if fence >= open then
    redis.call('HDEL', session, 'turn', 'attempt')
    redis.call('DEL', running, notes)
  end
  redis.call('HDEL', session, echo)
end
if step ~= 'end' then redis.call('HSET', session, 'step', ARGV[2]) end
for i = 13, 12 + tonumber(ARGV[12]) do redis.call('RPUSH', notes, ARGV[i]) end
if ARGV[12] ~= '0' then redis.call('EXPIRE', notes, ARGV[8]) end
for i = first_frame, #ARGV do publish(session, events, live, epoch, ARGV[7], ARGV[i]) end
if step == 'open' or step == 'end' then
  redis.call('EXPIRE', events, ARGV[8])
  redis.call('EXPIRE', session, ARGV[9])
end
return 'ok'
