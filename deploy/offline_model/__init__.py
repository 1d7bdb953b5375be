"""The offline model: a small deterministic agent that speaks the Gemini REST protocol.

It stands where Gemini stands when there is no key, as a process of its own, and sees nothing but the request:
the system text, the conversation, the declared tools and their results. Read `agent` first, then `question`.
"""
