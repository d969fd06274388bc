"""What is known once and used again: model solutions and the catalogue."""
