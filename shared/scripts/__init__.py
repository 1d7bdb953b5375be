"""The Lua scripts: numbering, log and publication of events, all or nothing."""
