"""Who answers: the real graph in this process, or the whole system through its socket. Both give the same."""
