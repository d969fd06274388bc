"""What operators do with the bot besides running it: look, keep, move, hand out, erase."""
