"""The two ways of an event: ingest answers the page, evaluate folds the stream."""
