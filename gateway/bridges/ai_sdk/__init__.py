"""AI SDK 7's UI message stream: `POST /bridges/ai-sdk`, and its resume and stop under `/{id}/stream`."""
