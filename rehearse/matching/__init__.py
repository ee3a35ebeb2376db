"""What was said, held against what it answers: a job, notes, a concern."""
