-- The beginning of every script. RUN, set above it, names the run of the server the script was loaded into; a server
-- that was restarted or promoted does not know the script, so it is loaded again under another name.
-- A server that came back may have lost its last writes: numbers that somebody has seen could be given again. So
-- whoever writes first under another run begins a new epoch.

local function numbering(session, events, fresh)
  local state = redis.call('HMGET', session, 'epoch', 'run')
  if state[1] and state[2] == RUN then return state[1] end
  redis.call('HSET', session, 'epoch', fresh, 'run', RUN)
  redis.call('DEL', events) -- a log of another epoch cannot be continued
  return fresh
end

local function publish(session, events, live, epoch, most, frame)
  local seq = redis.call('HINCRBY', session, 'seq', 1)
  frame = frame .. ',"seq":' .. seq .. '}'
  redis.call('XADD', events, 'MAXLEN', most, seq .. '-0', 'epoch', epoch, 'frame', frame)
  redis.call('PUBLISH', live, epoch .. ' ' .. seq .. ' ' .. frame)
  return seq
end
