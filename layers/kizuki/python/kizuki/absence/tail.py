"""How probable so few are: the lower tail of the negative binomial distribution.

As Poisson counts whose rate itself varies from window to window, a Gamma distribution with the relative variance
`dispersion` (Greenwood & Yule 1920): the variance is mean + dispersion * mean².
"""

from math import exp, log, log1p

SMALLEST = 1e-9
"""Below this dispersion the distribution is Poisson's to all digits that matter."""


def chance_of_at_most(seen: int, mean: float, dispersion: float) -> float:
    """Return the probability of `seen` or fewer where `mean` are expected."""
    if mean <= 0:
        return 1.0
    if dispersion < SMALLEST:
        term = -mean
        total = exp(term)
        for n in range(1, seen + 1):
            term += log(mean / n)
            total += exp(term)
        return min(1.0, total)
    shape = 1 / dispersion
    # What scipy's nbinom calls p is shape / (shape + mean).
    term, step = -shape * log1p(mean / shape), log(mean / (shape + mean))
    total = exp(term)
    for n in range(1, seen + 1):
        term += step + log((n - 1 + shape) / n)
        total += exp(term)
    return min(1.0, total)
