"""What a plan should make sense of: one function a code, its docstring the demand of the catalogue."""
