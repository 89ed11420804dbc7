"""Read submitted figures: header, columns, rows, units, periods and forms."""
