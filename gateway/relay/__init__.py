"""The way to Redis and back: asking down (`Relay`), events up (`EventPump`)."""
