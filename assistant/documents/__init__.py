"""An agreement's file → its paragraphs. Only this part knows python-docx and pypdf."""
