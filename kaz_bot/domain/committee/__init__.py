"""The steering committee: papers, votes, decisions, tasks, meetings."""
