"""The nouns: plan, indicator, target, observation, finding, verdict. No file, no screen, no format."""
