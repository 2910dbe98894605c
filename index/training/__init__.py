"""Makes what ``index/trained/`` holds. Needs torch; nothing here runs when a question is asked."""
