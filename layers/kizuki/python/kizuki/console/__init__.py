"""What the console shows: documents of docs/api.md made from what the stores hold."""
