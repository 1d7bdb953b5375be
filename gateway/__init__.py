"""The gateway: authenticates sockets, accepts questions, and relays bytes that it never decodes."""
