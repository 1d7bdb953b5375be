-- One step of a turn's output under its fence: check, number, log, publish, all or nothing.
-- A step may be sent twice (a reply can be lost): the second time changes nothing.
-- KEYS  session, events, text, live
-- ARGV  step (open | chunk | end), fence, turn, attempt, epoch (used if the session has none), log length,
--       log TTL, session TTL, text, bytes of the running answer before this step, frames without their brace ...
--   open   text: what the answer holds once it is open (not empty when an attempt is published again);
--          frames: user_echo ('' for none; left out if it was announced before), then the opening frames
--   chunk  text is appended to the running answer; frames: one ai_chunk
--   end    frames: ai_complete or ai_error; the running answer is over
-- Returns 'ok', 'fenced' (a newer claim holds the turn), 'lost' (Redis lost the session: open again) or
-- 'repeated' (this step was taken before).
local session, events, running, live = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local step, fence, turn = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local text, before = ARGV[9], tonumber(ARGV[10])
local state = redis.call('HMGET', session, 'epoch', 'open', 'ended')
local epoch, open, ended = state[1], tonumber(state[2] or 0), tonumber(state[3] or 0)

if step == 'open' then
  if fence < open or fence <= ended then return 'fenced' end
  if fence == open then return 'repeated' end
elseif step == 'chunk' then
  if not state[2] then return 'lost' end
  if fence ~= open or fence <= ended then return 'fenced' end
  local length = redis.call('STRLEN', running)
  if length == before + #text then return 'repeated' end
  if length ~= before then return 'lost' end
elseif fence <= ended then
  return 'repeated'
end

if not epoch then
  epoch = ARGV[5]
  redis.call('HSET', session, 'epoch', epoch)
  redis.call('DEL', events) -- a log of another epoch cannot be continued
end

local function publish(frame)
  local seq = redis.call('HINCRBY', session, 'seq', 1)
  frame = frame .. ',"seq":' .. seq .. '}'
  redis.call('XADD', events, 'MAXLEN', ARGV[6], seq .. '-0', 'epoch', epoch, 'frame', frame)
  redis.call('PUBLISH', live, epoch .. ' ' .. seq .. ' ' .. frame)
end

local echo = 'echo:' .. turn
if step == 'open' then
  redis.call('HSET', session, 'open', ARGV[2], 'turn', turn, 'attempt', ARGV[4])
  redis.call('SET', running, text, 'EX', ARGV[7])
  if ARGV[11] ~= '' and redis.call('HSETNX', session, echo, 1) == 1 then publish(ARGV[11]) end
  for i = 12, #ARGV do publish(ARGV[i]) end
elseif step == 'chunk' then
  redis.call('APPEND', running, text)
  publish(ARGV[11])
else
  redis.call('HSET', session, 'ended', ARGV[2])
  if fence >= open then
    redis.call('HDEL', session, 'turn', 'attempt')
    redis.call('DEL', running)
  end
  redis.call('HDEL', session, echo)
  publish(ARGV[11])
end
if step ~= 'chunk' then
  redis.call('EXPIRE', events, ARGV[7])
  redis.call('EXPIRE', session, ARGV[8])
end
return 'ok'
