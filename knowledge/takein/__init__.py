"""Other formats → a page in the project's Markdown: extract, recognise, name, write, check."""
