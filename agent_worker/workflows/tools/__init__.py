"""What the model may call: eight read-only tools over Postgres, their arguments, their limits."""
