"""Iranian identity numbers, one module a number, in the shape of python-stdnum.

`compact` strips separators and turns any digits into 0-9; `validate` returns the
compact number or raises a `stdnum.exceptions.ValidationError`; `is_valid` is its
boolean; `format` groups a number for reading. Rejecting a valid number is the worse
error: where the rule is not certain only the length is checked.
"""
