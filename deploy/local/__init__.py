"""What `make run` runs: servers from wheels, both services, the offline model, under one supervisor."""
