"""Models behind one protocol: messages in, neutral chunks out."""
