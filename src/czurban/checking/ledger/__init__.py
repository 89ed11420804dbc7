"""The supervision ledger: its targets and milestones, and what of it is escalated to the joint conference."""
