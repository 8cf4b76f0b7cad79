"""The Streamlit site: pages draw records; they hold no mathematics."""
