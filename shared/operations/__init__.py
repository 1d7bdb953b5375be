"""What operators look at: an internal port with metrics and health, and how readiness is known."""
