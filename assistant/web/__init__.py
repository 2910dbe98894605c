"""The chat page, the widget and the API. Only this part knows Gradio and FastAPI."""
