"""What every room needs: quantities, units, errors, ids, random streams, tables, messages."""
