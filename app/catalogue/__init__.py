"""Published modules: immutable versions, paths, media, publish and check commands."""
