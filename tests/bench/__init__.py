"""`python -m tests.bench`: the performance table. Both sides of every row are measured in one run, interleaved."""
