"""What time brings, one module per duty."""
