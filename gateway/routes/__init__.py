"""What the gateway answers to: the socket, the HTTP API, health, the web app. Knows no server."""
