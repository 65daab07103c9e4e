"""`python -m outbreach` is the same as `outbreach`."""

from outbreach.cli import main

if __name__ == "__main__":
    main()
