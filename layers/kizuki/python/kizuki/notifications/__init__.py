"""What the customer-success team is told: the notification, its destinations, and how it looks there."""
