"""Tables and their migrations; the pool; endings as they are stored."""
