-- Number one event, log it and publish it. No fence: it serves what the gateway says (user_echo, context,
-- and an ending that is published again).
-- KEYS  session, events, text, live, notes
-- ARGV  epoch (used if a new one begins), log length, log TTL, session TTL (a longer one stays), once,
--       frame without its brace
--       once: a name; a second announcement under the same name is left out ('' for always)
-- Returns {epoch, seq}; seq is 0 when it was left out.
local session, events, live = KEYS[1], KEYS[2], KEYS[4]
local once = ARGV[5]
local epoch = numbering(session, events, ARGV[1])
if once ~= '' and redis.call('HSETNX', session, once, 1) == 0 then
  return { epoch, 0 }
end
local seq = publish(session, events, live, epoch, ARGV[2], ARGV[6])
redis.call('EXPIRE', events, ARGV[3])
redis.call('EXPIRE', session, ARGV[4], 'NX')
redis.call('EXPIRE', session, ARGV[4], 'GT')
return { epoch, seq }
