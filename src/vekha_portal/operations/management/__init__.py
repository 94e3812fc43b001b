"""Commands of Django that `vekha up` runs as child processes."""
