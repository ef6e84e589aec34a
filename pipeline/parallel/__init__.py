"""Reports in two languages: sentences with their translations, and what the English side gives the glossary."""
