"""Session replay: recorder chunks on their way in, recordings on their way to the player."""
