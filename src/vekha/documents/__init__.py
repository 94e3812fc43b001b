"""Documents for people: what an order says and what follows from it, as pages, spreadsheets and calendars."""
