"""Read a module that nobody has looked at yet, in a process apart and within limits."""
