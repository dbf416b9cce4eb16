"""`python -m flows` is `inzage`, for where the command is not on the path."""

from flows.cli import main

main()
