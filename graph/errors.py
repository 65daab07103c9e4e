"""What can go wrong, said in one sentence each.

    OutbreachError            anything a user can mend; the CLI prints it and exits 1
    ├── UsageError            the call was wrong (unknown name, several candidates): exit 2
    ├── InputError            a file or a record could not be read: file, record, field, what to do
    ├── ClaimError            a Mention, Claim or Record that may not exist
    ├── WorkspaceError        the workspace is missing, not writable, damaged
    └── StoreError            the database is down, damaged, foreign, or refused us

The CLI is the only place that catches them.
"""


class OutbreachError(Exception):
    """Anything that a user can mend; its text is one sentence for them."""

    exit_code = 1


class UsageError(OutbreachError):
    """The call itself was wrong."""

    exit_code = 2


class InputError(OutbreachError):
    """A file or a record of it could not be read."""


class ClaimError(OutbreachError):
    """A mention, claim or record that the schema does not allow."""


class WorkspaceError(OutbreachError):
    """The workspace is missing, not writable or damaged."""


class StoreError(OutbreachError):
    """The database is down, damaged, foreign, or refused us."""
