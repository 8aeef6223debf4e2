"""The only place that knows AWS: one store per table, the stream, the queue, the secrets."""
