"""What people can say and do, one module per family of verbs."""
