"""A server that speaks Gemini's protocol and quotes the analysis; it knows nothing but the request."""
