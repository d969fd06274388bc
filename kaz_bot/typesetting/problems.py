"""What can go wrong between a document and its PDF."""


class NotTypeset(Exception):
    """The operator has to act: this document will never be a PDF."""


class NoDocument(NotTypeset):
    """What was to be printed is not a document, or not one of this release."""


class TypesettingFailed(Exception):
    """Nobody has to act: the process ended without a PDF, or too late; it can be tried again."""
