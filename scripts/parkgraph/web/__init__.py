"""Pages for a browser: a folder that any web host can serve (`site`), and a server (`serve`)."""
