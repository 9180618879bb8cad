"""Rules of checks: candidates, scoring, tiers, flags, recurrence and reviews of matches."""
