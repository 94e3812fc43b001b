"""The stages of work every roadmap goes through, and how a measure's wording tells its stage."""
