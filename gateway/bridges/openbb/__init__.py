"""OpenBB's copilot protocol: `GET /bridges/openbb/agents.json`, `POST /bridges/openbb/query`."""
