"""A support desk in Matrix rooms: questions become tickets, and answers find their way back."""
