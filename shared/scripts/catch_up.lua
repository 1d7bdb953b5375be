-- What a socket needs to go on from where it was, read at one instant.
-- KEYS  session, events, text, live, notes
-- ARGV  the epoch last seen ('' for none), the seq last seen, epoch (used if the session has none), TTL
--       TTL: for a session nobody has asked anything in; one that lives longer already keeps its own
-- Returns {epoch, seq, recovered (0 | 1), frames after the seq last seen, running turn, attempt, text so far, notes}.
local session, events, running, notes = KEYS[1], KEYS[2], KEYS[3], KEYS[5]
if redis.call('HEXISTS', session, 'epoch') == 0 then numbering(session, events, ARGV[3]) end
redis.call('EXPIRE', session, ARGV[4], 'NX')
redis.call('EXPIRE', session, ARGV[4], 'GT')
local state = redis.call('HMGET', session, 'epoch', 'seq', 'turn', 'attempt')
local epoch, seq = state[1], tonumber(state[2] or 0)
local seen = tonumber(ARGV[2])
local recovered, frames = 0, {}
-- Also under another run what is here is the beginning of what was there: who saw no more than it can go on.
if ARGV[1] == epoch and seen and seen <= seq then
  if seen == seq then
    recovered = 1
  else
    local first = redis.call('XRANGE', events, (seen + 1) .. '-0', '+', 'COUNT', 1)
    if first[1] and first[1][1] == (seen + 1) .. '-0' then
      recovered = 1
      for _, entry in ipairs(redis.call('XRANGE', events, (seen + 1) .. '-0', '+')) do
        frames[#frames + 1] = entry[2][4]
      end
    end
  end
end
local text, noted = '', {}
if state[3] then
  text = redis.call('GET', running) or ''
  noted = redis.call('LRANGE', notes, 0, -1)
end
return { epoch, seq, recovered, frames, state[3] or '', tonumber(state[4] or 0), text, noted }
