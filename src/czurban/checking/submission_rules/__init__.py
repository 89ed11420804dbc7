"""What reported figures should make of each other, beyond what each of them must be by itself."""
