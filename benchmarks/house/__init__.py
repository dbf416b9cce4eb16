"""The house itself, measured: how long functions and modules are, and who imports whom."""
