"""What was said to the interviewer's answer."""
