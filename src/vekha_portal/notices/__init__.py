"""What reaches people outside the pages: feeds for the calendars of their phones and offices."""
