"""uvicorn, narrowed: everything that depends on its inner names is in this folder."""
