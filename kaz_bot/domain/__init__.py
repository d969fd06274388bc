"""The rules of the support desk: frozen records and pure functions, no input or output."""
