"""`python -m clusterplan` is the command `clusterplan`."""

from .cli import main

main()
