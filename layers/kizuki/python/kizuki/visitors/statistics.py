"""Statistics of a person's events: each a monoid over windows, so that folding, merging and forgetting are exact."""

MAX_DISTINCT = 250
