/**
 * How often the figures of an experiment call a winner or a loser where there is none: campaigns whose variants were
 * the same, looked at again and again while people came.
 */
export const falsePositiveRate = 0.033;

/** What an ordinary test at 5 % does when it is asked as often. */
export const ordinaryRate = 0.44;

export const measuredOver = { runs: 1_000, looks: 200 };
