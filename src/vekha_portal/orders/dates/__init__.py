"""What a phrase of a deadline means in days, under the settings of an organisation; and how the settings are explained."""
