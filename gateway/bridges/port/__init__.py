"""One question over HTTP: asked and followed as a socket does it, told in whatever words a bridge has."""
