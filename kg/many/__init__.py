"""Many documents: read by several workers, written each by itself or grown into one graph, followed, and compared."""
