"""What all could sign: issues, values, the frontier, solutions, acceptance, delay and stages."""
