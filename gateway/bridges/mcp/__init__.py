"""The Model Context Protocol over streamable HTTP, without sessions: `POST /mcp`."""
