"""The guidance as data: Markdown pages and the typed objects they become. Knows no other room."""
