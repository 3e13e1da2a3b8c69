from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# What people read about a cell or a row: reason -> sentence with the problem's values.
MESSAGES = {
    "ambiguous_number": _lt(
        "“%(value)s” can be read as two numbers. Write it without separators."
    ),
    "clock": _lt("This time of day does not exist. Correct it."),
    "date": _lt(
        "“%(value)s” is not a date in a known form. Write it as 1404/07/18 or 2025-10-10."
    ),
    "day": _lt(
        "Month %(month)s of %(year)s has %(last)s days, not %(day)s. Correct the date."
    ),
    "empty": _lt("There is no date here."),
    "empty_row": _lt(
        "No matched column has a value in this row. Match another column or delete the row."
    ),
    "exponent": _lt(
        "The spreadsheet has shortened the number to “%(value)s”. Format the column as text "
        "or as a number and save the file again."
    ),
    "foreign_currency": _lt(
        "“%(value)s” is in Rial or Toman, but this field is in %(currency)s. Convert it first."
    ),
    "formula": _lt(
        "This formula has no result. Open the file in a spreadsheet program and save it."
    ),
    "gregorian": _lt(
        "Year %(year)s is Gregorian, but the dates of this column are Jalali. Write it as Jalali."
    ),
    "jalali_cell": _lt(
        "This date cell says the year %(year)s of the Gregorian calendar. Type the Jalali "
        "date as text."
    ),
    "known": _lt(
        "%(name)s is already known by the same %(kind)s (%(value)s). Choose what to do with "
        "duplicates or delete the row."
    ),
    "long": _lt(
        "This cell has %(length)s characters; %(limit)s are allowed. Shorten it."
    ),
    "mixed": _lt(
        "This column has Jalali and Gregorian dates. Choose its calendar, or write all of "
        "its dates in one."
    ),
    "month": _lt("Month %(month)s does not exist. Correct the date."),
    "month_name": _lt("This is not the name of a Jalali month. Correct the date."),
    "number": _lt("“%(value)s” is not a number. Write digits only."),
    "order": _lt("Write a Gregorian date year first."),
    "phone": _lt(
        "“%(value)s” has too many or too few digits for a mobile number. Correct it."
    ),
    "range": _lt("%(date)s is too far from today. Correct the date."),
    "remainder": _lt("“%(value)s” is not a whole number of Rials. Round it."),
    "repeated": _lt(
        "The same person is in row %(other)s already, by the same %(kind)s (%(value)s). "
        "Choose what to do with duplicates or delete one."
    ),
    "repeated_row": _lt("Row %(other)s is the same. Delete one."),
    "short_year": _lt("Write the year with four digits."),
    "skipped": _lt(
        "A value of this row was not found, and you chose to skip such records."
    ),
    "suggestion": _lt("%(message)s. Did you mean “%(suggestion)s”?"),
    "third_phone": _lt(
        "This cell holds “%(value)s” beyond the numbers that can be stored."
    ),
    "two_units": _lt("“%(value)s” names Rial and Toman. Keep one."),
    "unnamed": _lt(
        "“%(value)s” stands beyond the last column title. Look for a separator in an "
        "unquoted text, or give the column a title."
    ),
    "unreadable": _lt("This is not a date in a known form. Write it as 1404/07/18."),
    "weekday": _lt("The weekday does not belong to this date. Correct one of them."),
    "year": _lt("Year %(year)s is outside the Jalali calendar of 1178 to 1502."),
}

# By what the same person was recognised.
KEY_NAMES = {
    "code": _lt("national code"),
    "email": _lt("e-mail address"),
    "phone": _lt("mobile number"),
}
