"""The LangGraph graph and its nodes. Knows no Redis and no frames' way."""
