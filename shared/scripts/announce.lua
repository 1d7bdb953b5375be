-- Number one event, log it and publish it. No fence: it serves what the gateway says (user_echo, context,
-- and an ending that is published again).
-- KEYS  session, events, text, live
-- ARGV  epoch (used if the session has none), log length, log TTL, session TTL (a longer one stays), once,
--       frame without its brace
--       once: a name; a second announcement under the same name is left out ('' for always)
-- Returns {epoch, seq}; seq is 0 when it was left out.
local session, events, live = KEYS[1], KEYS[2], KEYS[4]
local once = ARGV[5]
if redis.call('HSETNX', session, 'epoch', ARGV[1]) == 1 then
  redis.call('DEL', events) -- a log of another epoch cannot be continued
end
local epoch = redis.call('HGET', session, 'epoch')
if once ~= '' and redis.call('HSETNX', session, once, 1) == 0 then
  return { epoch, 0 }
end
local seq = redis.call('HINCRBY', session, 'seq', 1)
local frame = ARGV[6] .. ',"seq":' .. seq .. '}'
redis.call('XADD', events, 'MAXLEN', ARGV[2], seq .. '-0', 'epoch', epoch, 'frame', frame)
redis.call('EXPIRE', events, ARGV[3])
redis.call('EXPIRE', session, ARGV[4], 'NX')
redis.call('EXPIRE', session, ARGV[4], 'GT')
redis.call('PUBLISH', live, epoch .. ' ' .. seq .. ' ' .. frame)
return { epoch, seq }
