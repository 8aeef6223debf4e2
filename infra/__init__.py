"""The CDK app: what holds data, and what computes."""
