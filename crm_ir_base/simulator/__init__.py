"""The other side of the door: what services do, over loopback, for tests and demos."""
