-- Number one event, log it and publish it. No fence: it serves what the gateway says (user_echo, context,
-- and an ending that is published again).
-- KEYS  session, events, text, live, notes
-- ARGV  epoch (used if a new one begins), log length, log TTL, session TTL (a longer one stays), once,
--       frame without its brace
--       once: a name; a second announcement under the same name is left out ('' for always). Of the endings of turns
--       that were never begun ('ended:<turn>') the last 32 names are known: four full queues
-- Returns {epoch, seq}; seq is 0 when it was left out.
local session, events, live = KEYS[1], KEYS[2], KEYS[4]
local once = ARGV[5]
local ENDINGS = 32
local epoch = numbering(session, events, ARGV[1])
local turn = string.match(once, '^ended:(.+)')
if turn then
  local known = redis.call('HMGET', session, 'over')[1] or ''
  if string.find(known, turn, 1, true) then return { epoch, 0 } end
  known = known .. turn .. ' '
  while #known > ENDINGS * (#turn + 1) do known = string.match(known, '^%S+ (.*)') end
  redis.call('HSET', session, 'over', known)
  redis.call('HDEL', session, 'echo:' .. turn) -- no step of this turn will come to take it away
elseif once ~= '' and redis.call('HSETNX', session, once, 1) == 0 then
  return { epoch, 0 }
end
local seq = publish(session, events, live, epoch, ARGV[2], ARGV[6])
redis.call('EXPIRE', events, ARGV[3])
redis.call('EXPIRE', session, ARGV[4], 'NX')
redis.call('EXPIRE', session, ARGV[4], 'GT')
return { epoch, seq }
